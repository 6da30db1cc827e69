#! /bin/sh
# A variable is in a task's environment once: the last --env counts, and replaces what was there before.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

A=old
export A
expect_status 0 cpool --env A=1 env '{1}=x' ::: B
grep '^A=' out >found
echo A=1 | cmp -s - found || fail "$(cat found)"
expect_status 0 cpool --env A=1 --env A=2 env '{1}=x' ::: B
grep '^A=' out >found
echo A=2 | cmp -s - found || fail "$(cat found)"
expect_status 0 cpool --env CPOOL_SEQ=mine --env PARALLEL_JOBSLOT=mine env '{1}=x' ::: B
[ "$(grep -c '^CPOOL_SEQ=\|^PARALLEL_JOBSLOT=' out)" -eq 2 ] || fail "$(grep CPOOL_SEQ= out)"
