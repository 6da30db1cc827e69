#! /bin/sh
# What the task of a killed worker has started ends, too.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

expect_status 1 cpool -j1 sh -c '[ "$1" != 2 ] || { sleep 1000 & echo $! >pid; kill -KILL $PPID; sleep 1000; }; echo "$1"' _ ::: 1 2 3
expect_out 1 3
gone () { ! alive "$1"; }
wait_for gone "$(cat pid)"
