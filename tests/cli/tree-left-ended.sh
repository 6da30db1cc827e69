#! /bin/sh
# What a finished task has left running goes when a signal or --halt now ends the run.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

make_tree
start cpool -j1 --grace 0.2 sh -c '[ "$1" = b ] || exec sh tree "$1" once >/dev/null 2>&1; : >ready; exec sleep 1000' _ ::: a b
wait_for test -e ready
alive "$(cat a.daemon)" || fail 'it was ended too early'
kill -TERM "$started"
expect_end_soon 143
expect_tree_gone a

expect_status 3 timeout 20 cpool -j1 --halt now,fail=1 sh -c '[ "$1" = b ] || exec sh tree "$1" once >/dev/null 2>&1; exit 3' _ ::: c b
expect_tree_gone c
