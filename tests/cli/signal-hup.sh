#! /bin/sh
# HUP ends the tasks and then cpool by HUP.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

start cpool sh -c 'echo $$ >pid; exec sleep 1000' ::: 1
wait_for test -s pid
kill -HUP "$started"
expect_end 129
alive "$(cat pid)" && fail 'the task is still there'
exit 0
