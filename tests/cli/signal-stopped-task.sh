#! /bin/sh
# A task that is stopped is ended all the same.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

start cpool --grace 1000 sh -c 'echo $$ >pid; exec sleep 1000' ::: x
wait_for test -s pid
kill -STOP "$(cat pid)"
kill -TERM "$started"
expect_end 143
