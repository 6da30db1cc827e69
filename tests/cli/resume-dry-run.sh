#! /bin/sh
# --dry-run shows what would be left to do, and touches no log.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"
expect_status 0 cpool --joblog log echo ::: a b
cp log before
expect_status 0 cpool --joblog log --resume --dry-run echo ::: c a b
expect_out 'echo c'
expect_status 0 cpool --joblog log --dry-run echo ::: a
cmp log before || fail 'the log was written to'
