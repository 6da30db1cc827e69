#! /bin/sh
# A run that is stopped can be ended: TERM, then CONT as every shell sends it.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

[ -r /proc/self/stat ] || skip 'no /proc'
need pgrep
is () { [ "$(state "$1")" = "$2" ]; }
start cpool -j1 sh -c 'echo $$ >pid; sleep 1000' ::: x
wait_for test -s pid
kill -TSTP "$started"
wait_for is "$started" T
kill -TERM "$started"
kill -CONT "$started"
expect_end_soon 143
gone "$(cat pid)" || fail 'the task is still there'

start cpool -j1 nap 1000
wait_for pgrep -P "$started"
worker=$(pgrep -P "$started")
kill -TSTP "$started"
wait_for is "$started" T
kill -TERM "$started"
kill -CONT "$started"
expect_end_soon 143
gone "$worker" || fail 'the worker is still there'
