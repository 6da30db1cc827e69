#! /bin/sh
# Without a replacement string the item is the last word.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

expect_status 0 cpool echo '{x}' '{ }' '{print $1}' '}{' '{' '{}' ::: a
expect_out '{x} { } {print $1} }{ { a'
expect_status 0 cpool echo '{x}' '{1' ::: a
expect_out '{x} {1 a'
