#! /bin/sh
# With --pipe --filter there is a line for each start of the command; it has no key, and can't be gone on from.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"
seq 1 100 >list
expect_status 0 cpool -j1 --pipe --filter --block 100 -a list --joblog log wc -l
expect_out 100
[ "$(sed 1d log | cut -f 9)" = 'wc -l' ] || fail "$(cat log)"
