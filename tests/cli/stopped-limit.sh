#! /bin/sh
# The time limit of a task holds though its worker has been stopped. A task that ended in time has not timed out, however late its worker
# hears of it.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

need pgrep
expect_status 1 timeout 20 cpool -j1 --timeout 0.5 sh -c 'kill -STOP $PPID; echo $$ >pid; exec sleep 1000' _ ::: a
expect_err_match "^cpool: item [0-9]+ 'a': timed out after 500 ms"
gone "$(cat pid)" || fail 'the task is still there'

expect_status 0 timeout 20 cpool -j1 --timeout 0.5 sh -c 'kill -STOP $PPID; echo done' _ ::: a
expect_out 'done'

expect_status 1 timeout 20 cpool -j1 --timeout 0.5 --filter sh -c 'read -r x; kill -STOP $PPID; exec sleep 1000' _ ::: a
expect_err_match "^cpool: item [0-9]+ 'a': timed out after 500 ms"

start cpool -j1 --timeout 1 nap 1000
here_or_over () { pgrep -P "$started" >worker || gone "$started"; }
wait_for here_or_over
[ ! -s worker ] || kill -STOP "$(cat worker)"
expect_end_soon 1
expect_err_match "^cpool: item [0-9]+ '1000': timed out after 1 s"

# One that keeps stopping its worker is killed with it when the grace time is over, too.
expect_status 1 timeout 20 cpool -j1 --timeout 0.5 --grace 0.1 sh -c 'trap "" TERM; echo $$ >pid; while kill -STOP $PPID; do :; done' _ ::: a
expect_err_match "^cpool: item [0-9]+ 'a': timed out after 500 ms"
wait_for gone "$(cat pid)"
