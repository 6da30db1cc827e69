#! /bin/sh
# A task that ignores TERM is killed when the grace time is over.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

start cpool --grace 0.2 sh -c 'trap "" TERM; echo $$ >pid; while :; do sleep 1000; done' ::: x
wait_for test -s pid
kill -TERM "$started"
expect_end 143
alive "$(cat pid)" && fail 'the task is still there'
exit 0
