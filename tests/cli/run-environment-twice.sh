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
# Those that cpool itself gives are not anybody's to set.
for name in CPOOL_SEQ CPOOL_SLOT CPOOL_PID PARALLEL_SEQ PARALLEL_JOBSLOT; do
    expect_status 125 cpool --env "$name=mine" true ::: B
    expect_err_match "^cpool: --env: .$name=mine.: "
done
