#! /bin/sh
# A second signal means now: the grace time is not waited for.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

start cpool --grace 1000 sh -c 'trap ": >told" TERM; echo $$ >pid; while :; do sleep 0.01; done' ::: x
wait_for test -s pid
kill -INT "$started"
wait_for test -e told
kill -TERM "$started"
expect_end 130
alive "$(cat pid)" && fail 'the task is still there'
exit 0
