#! /bin/sh
# After kill -9 of cpool itself its workers and tasks go.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

start cpool -j2 --grace 0.2 sh -c 'trap "" TERM; echo $$ >"pid.$1"; while :; do sleep 1000; done' _ ::: 1 2
wait_for test -s pid.1
wait_for test -s pid.2
kill -KILL "$started"
expect_end 137
gone () { ! alive "$1"; }
wait_for gone "$(cat pid.1)"
wait_for gone "$(cat pid.2)"
