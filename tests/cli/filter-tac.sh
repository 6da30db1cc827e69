#! /bin/sh
# A filter that turns all it has read around: each answer comes, and the same items are never given twice.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

need tac
seq 200000 >in
sort in >all
for jobs in 1 3; do
    # shellcheck disable=SC2002
    cat in | expect_status 0 cpool -j$jobs --filter tac
    sort out | cmp - all || fail "-j$jobs: an answer is missing or doubled"
done
