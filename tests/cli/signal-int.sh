#! /bin/sh
# INT ends the tasks and then cpool by INT.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

start cpool sh -c 'echo $$ >pid; exec sleep 1000' ::: 1
wait_for test -s pid
kill -INT "$started"
expect_end 130
alive "$(cat pid)" && fail 'the task is still there'
exit 0
