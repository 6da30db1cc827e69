#! /bin/sh
# The task of a killed worker ends with it, and so does what the task has started.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

grep -q '^#define CPOOL_LINUX_EXTRAS' "$CPOOL_BUILDDIR/config.h" ||
    skip 'without parent-death signals and subreapers the task of a killed worker is out of reach'
expect_status 1 cpool -j1 sh -c '[ "$1" != 2 ] || { sleep 1000 & echo $! >pid; kill -KILL $PPID; sleep 1000; }; echo "$1"' _ ::: 1 2 3
expect_out 1 3
gone () { ! alive "$1"; }
wait_for gone "$(cat pid)"
