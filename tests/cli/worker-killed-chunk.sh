#! /bin/sh
# A worker that is killed in the middle of a chunk: what it had done counts, what it had not begun is done
# by another.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

need pgrep
[ -r /proc/self/stat ] || skip 'no /proc'
{ seq 20 && echo 90 && seq 20; } >in
start cpool -j1 --chunk 41 fib <in
computing () {
    worker=$(pgrep -P "$started") && [ "$(sed 's/.*) //' "/proc/$worker/stat" | cut -d ' ' -f 12)" -gt 10 ]
}
wait_for computing
kill -KILL "$worker"
expect_end 1
seq 20 | cpool fib >once
cat once once >wanted
expect_out_file wanted
expect_err_match '^cpool: item 21 .90.: lost: '
