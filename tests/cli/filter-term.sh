#! /bin/sh
# TERM ends the filters, their children and what has left their session.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

make_tree
start cpool -j2 --grace 0.2 --filter sh -c 'exec sh tree "$1"' _ '{%}' ::: 1 2 3 4 5 6 7 8
wait_for test -e 1.ready
wait_for test -e 2.ready
kill -TERM "$started"
expect_end_soon 143
expect_tree_gone 1
expect_tree_gone 2
expect_err_match '^cpool: ended by SIGTERM: '
