#! /bin/sh
# --grace 0 is KILL at once; and what is no duration is refused.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

start cpool --grace 0 sh -c 'trap "" TERM; echo $$ >pid; while :; do sleep 1000; done' ::: x
wait_for test -s pid
kill -TERM "$started"
expect_end_soon 143
gone "$(cat pid)" || fail 'the task is still there'
for bad in '' x -1 5q; do
    expect_status 125 cpool --grace "$bad" true ::: x
    expect_err_match '^cpool: --grace: '
done
