#! /bin/sh
# After kill -9 of cpool its filters go, though they are deaf to TERM.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

start cpool -j2 --grace 0.2 --filter sh -c 'trap "" TERM; echo $$ >"pid.$1"; while :; do sleep 1000; done' _ '{%}' ::: 1 2 3 4 5 6 7 8
wait_for test -s pid.1
wait_for test -s pid.2
kill -KILL "$started"
expect_end 137
wait_for gone "$(cat pid.1)"
wait_for gone "$(cat pid.2)"
