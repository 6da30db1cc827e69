#! /bin/sh
# TERM ends commands that read blocks, and what they have started.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

make_tree
seq 1000000 >in
start cpool -j1 --grace 0.2 --pipe --filter sh -c 'exec sh tree a' <in
wait_for test -e a.ready
kill -TERM "$started"
expect_end_soon 143
expect_tree_gone a
