#! /bin/sh
# One log for two cpools of a pipeline: neither waits for the other, however much goes through the pipe.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

for log in log +log; do
    start sh -c 'cpool --joblog "$1" head -c 100000 ::: /dev/zero /dev/zero |
        cpool -0 -n 50000 --joblog "$1" echo | wc -l' _ "$log"
    expect_end_soon 0
    expect_out 4
done
grep -q 'head -c' log || fail "$(cut -c 1-200 log)"
