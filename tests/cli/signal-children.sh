#! /bin/sh
# The whole group of a task is ended, not only its first process.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

start cpool sh -c 'sleep 1000 & echo $! >pid; wait' ::: x
wait_for test -s pid
kill -TERM "$started"
expect_end 143
alive "$(cat pid)" && fail 'the child of the task is still there'
exit 0
