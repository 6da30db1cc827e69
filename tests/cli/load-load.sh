#! /bin/sh
# --load: with few processes all runs; 0 means that none may run, which is waited for; what runs of our own counts.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

[ -r /proc/stat ] || skip 'the load is asked of /proc'
expect_status 0 cpool -j2 --load 100000 echo ::: a b c d
expect_out a b c d
expect_err_empty
expect_status 0 cpool -j2 --load 1000000% --filter cat ::: a b
expect_out a b
sh -c 'while :; do :; done' &
busy=$!
start cpool --load 0 touch ::: a
wait_for test -s err
kill -INT "$started"
expect_end_soon 130
kill "$busy"
wait "$busy" 2>/dev/null
[ ! -e a ] || fail 'a task was run'
expect_err_match '^cpool: warning: --load: waiting: [0-9]* processes run, and there must be fewer than 0.01$'
