#! /bin/sh
# A worker that somebody has stopped ends with the run all the same, and so does its task.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

need pgrep
start cpool -j1 --grace 1000 sh -c 'echo $$ >pid; kill -STOP $PPID; exec sleep 1000' ::: x
wait_for test -s pid
is () { [ "$(state "$1")" = "$2" ]; }
wait_for is "$(pgrep -P "$started")" T
kill -TERM "$started"
expect_end_soon 143
gone "$(cat pid)" || fail 'the task is still there'

start cpool -j1 --grace 1000 nap 1000
wait_for pgrep -P "$started"
kill -STOP "$(pgrep -P "$started")"
kill -TERM "$started"
expect_end_soon 143
