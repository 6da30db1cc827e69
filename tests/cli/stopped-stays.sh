#! /bin/sh
# A worker that was stopped at its task stays so where there is no limit, and a message says that the run waits for it.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

need pgrep
is () { [ "$(state "$1")" = "$2" ]; }

start cpool -j1 nap 8
wait_for pgrep -P "$started" >/dev/null
worker=$(pgrep -P "$started")
kill -STOP "$worker"
wait_for grep -q "^cpool: warning: worker 1 (process $worker) has been stopped, and the run waits for its item; kill -CONT" err
is "$worker" T || fail 'it was continued'
kill -CONT "$worker"
expect_end_soon 0

start cpool -j1 sh -c 'kill -STOP $PPID; echo $PPID >worker; until [ -e go ]; do sleep 0.05; done; echo went' _ ::: a
wait_for grep -q 'the run waits for its item' err
is "$(cat worker)" T || fail 'it was continued'
: >go
kill -CONT "$(cat worker)"
expect_end_soon 0
expect_out went
