#! /bin/sh
# +FILE appends, with one header; FILE begins anew.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"
expect_status 0 cpool --joblog +log echo ::: a
expect_status 0 cpool --joblog +log echo ::: b
[ "$(cut -f 9 log)" = "$(printf 'Command\necho a\necho b')" ] || fail "$(cat log)"
expect_status 0 cpool --joblog log echo ::: c
[ "$(cut -f 9 log)" = "$(printf 'Command\necho c')" ] || fail "$(cat log)"
