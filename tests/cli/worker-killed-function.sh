#! /bin/sh
# A worker that is killed in the middle of a function costs that item only; the others come, each once, in
# order.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

need pgrep
[ -r /proc/self/stat ] || skip 'no /proc'
start cpool -j1 fib 10 90 11 12
computing () {
    worker=$(pgrep -P "$started") && [ "$(sed 's/.*) //' "/proc/$worker/stat" | cut -d ' ' -f 12)" -gt 10 ]
}
wait_for computing
kill -KILL "$worker"
expect_end 1
expect_out 55 89 144
expect_err_match '^cpool: item 2 .90.: lost: its worker was ended by SIGKILL; the other items go on$'
expect_err_match '^cpool: 1 of 4 tasks failed$'
