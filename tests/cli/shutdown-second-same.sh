#! /bin/sh
# A second ^C means KILL now: the grace time is not waited for, and what left its session goes as well.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

need_subreaper
need setsid
start cpool --grace 1000 sh -c 'trap ": >told" INT TERM
    setsid sh -c "trap \"\" INT TERM; echo \$\$ >pid; while :; do sleep 1000; done" &
    while :; do sleep 0.01; done' ::: x
wait_for test -s pid
kill -INT "$started"
wait_for test -e told
alive "$started" || fail 'it did not wait for the task'
kill -INT "$started"
expect_end_soon 130
gone "$(cat pid)" || fail 'it is still there'
