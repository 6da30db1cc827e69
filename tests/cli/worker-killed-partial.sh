#! /bin/sh
# What a command said before its worker was killed is not lost.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

start cpool -j1 sh -c 'echo "$1"; [ "$1" != 2 ] || { echo $PPID >worker; until [ -e over ]; do sleep 0.01; done; }' _ ::: 1 2 3
wait_for test -s worker
wait_for grep -qx 2 out
kill -KILL "$(cat worker)"
expect_end 1
expect_out 1 2 3
: >over # without parent-death signals the task is still there
