#! /bin/sh
# After kill -9 of cpool a task is not simply killed: it is told by TERM, and has the grace time to clean up.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

start cpool --grace 1000 sh -c 'trap ": >cleaned; exit 0" TERM; echo $$ >pid; while :; do sleep 0.01; done' ::: x
wait_for test -s pid
kill -KILL "$started"
expect_end_soon 137
wait_for test -e cleaned
wait_for gone "$(cat pid)"
