#! /bin/sh
# After kill -9 of cpool a worker in the middle of a computation goes.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

need pgrep
[ -r /proc/self/stat ] || skip 'no /proc'
start cpool -j1 fib 10 60
computing () {
    worker=$(pgrep -P "$started") && [ "$(sed 's/.*) //' "/proc/$worker/stat" | cut -d ' ' -f 12)" -gt 5 ]
}
wait_for computing
kill -KILL "$started"
expect_end_soon 137
wait_for gone "$worker"
