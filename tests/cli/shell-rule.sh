#! /bin/sh
# One word with white space or shell characters is a script; several words, or a plain one, are run directly.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

expect_status 0 cpool 'echo {} | tr a-z A-Z' ::: abc
expect_out ABC
expect_status 0 cpool 'echo {};echo again' ::: a
expect_out a again
expect_status 0 cpool echo '{};' '$HOME' '*' '`x`' '>file' ::: a
expect_out 'a; $HOME * `x` >file'
expect_status 0 cpool echo ::: '$(touch hacked)' '; touch hacked' '*'
expect_out '$(touch hacked)' '; touch hacked' '*'
expect_status 0 cpool 'echo' ::: 'a  b'
expect_out 'a  b'
[ ! -e hacked ] || fail 'an item was run'
[ ! -e file ] || fail 'a shell was at work'
