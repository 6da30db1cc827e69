#! /bin/sh
# The same item several times is as many tasks: each that was done stands for one of them.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"
expect_status 0 cpool --joblog log echo ::: a b a
expect_status 0 cpool --joblog log --resume echo ::: a a a b a b
[ "$(sort out)" = "$(printf 'a\na\nb')" ] || fail "$(cat out)"
expect_status 0 cpool --joblog log --resume echo ::: a a a b a b
expect_out_empty
