#! /bin/sh
# TERM ends the tasks and then cpool by TERM; nothing is left.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

start cpool -j2 sh -c 'echo $$ >"pid.$1"; exec sleep 1000' _ ::: 1 2 3
wait_for test -s pid.1
wait_for test -s pid.2
kill -TERM "$started"
expect_end 143
for item in 1 2; do
    alive "$(cat "pid.$item")" && fail "task $item is still there"
done
[ ! -e pid.3 ] || fail 'another task was started'
