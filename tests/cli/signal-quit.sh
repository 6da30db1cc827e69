#! /bin/sh
# QUIT ends the tasks and cpool as the others do.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

# shellcheck disable=SC3045 # dash, bash and ksh have it
ulimit -c 0
start cpool sh -c 'echo $$ >pid; exec sleep 1000' ::: 1
wait_for test -s pid
kill -QUIT "$started"
expect_end 131
alive "$(cat pid)" && fail 'the task is still there'
exit 0
