#! /bin/sh
# Braces that are no replacement string stay: awk, JSON, ${x}, brace expansion, unknown names.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

expect_status 0 cpool echo '{print $1}' '{a,b}' '{1..3}' '{0}' '{x}' '{' '}' '{ }' '}{' '{+}' '{1' '1}' '${x}' '${}' \
    '{"a":1}' '{.5}' '{///}' '{1.2}' '{#1}' '{--1}' ::: item
expect_out '{print $1} {a,b} {1..3} {0} {x} { } { } }{ {+} {1 1} ${x} ${} {"a":1} {.5} {///} {1.2} {#1} {--1} item'
expect_status 0 cpool echo '{{}}' '{ {} }' 'a{}}{b}' ::: x
expect_out '{x} { x } ax}{b}'
