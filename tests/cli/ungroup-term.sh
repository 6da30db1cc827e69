#! /bin/sh
# With -u, too, nothing that a task has started survives a run that is ended.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

make_tree
start cpool -u -j2 --grace 0.2 sh tree ::: a b
wait_for [ -e a.ready ]
wait_for [ -e b.ready ]
kill -TERM "$started"
expect_end_soon 143
expect_tree_gone a
expect_tree_gone b
