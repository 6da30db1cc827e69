#! /bin/sh
# kill -9 of cpool while its tasks wait for it to take their output.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

need_proc
mkfifo road
exec 8<>road
start sh -c 'exec cpool -j2 --grace 0.1 sh -c "trap \"\" TERM; echo \$\$ >\"pid.\$1\"; yes; sleep 1000" _ ::: 1 2 >road'
wait_for test -s pid.1
wait_for test -s pid.2
kill -STOP "$started" # from now on it takes nothing
full () { [ "$(state "$(cat pid.1)")" = S ] && [ "$(state "$(cat pid.2)")" = S ]; }
wait_for full
kill -KILL "$started"
expect_end_soon 137
wait_for gone "$(cat pid.1)"
wait_for gone "$(cat pid.2)"
