#! /bin/sh
# kill -9 of a cpool that ^Z has stopped: its stopped tasks, and its stopped workers, go as well.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

need pgrep
[ -r /proc/self/stat ] || skip 'no /proc'
is () { [ "$(state "$1")" = "$2" ]; }
start cpool -j1 --grace 0.1 sh -c 'trap "" TERM; echo $$ >pid; while :; do sleep 1000; done' ::: x
wait_for test -s pid
kill -TSTP "$started"
wait_for is "$started" T
kill -KILL "$started"
expect_end_soon 137
wait_for gone "$(cat pid)"

linux_extras || skip 'functions: without a parent-death signal nothing reaches a stopped process'
start cpool -j1 fib 60
wait_for pgrep -P "$started"
worker=$(pgrep -P "$started")
kill -TSTP "$started"
wait_for is "$started" T
kill -KILL "$started"
expect_end_soon 137
wait_for gone "$worker"
