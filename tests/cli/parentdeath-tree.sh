#! /bin/sh
# After kill -9 of cpool the whole tree of a task goes, deaf to TERM and in sessions of its own as it is.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

make_tree
start cpool -j2 --grace 0.2 sh tree ::: a b
wait_for test -e a.ready
wait_for test -e b.ready
kill -KILL "$started"
expect_end_soon 137
for task in a b; do
    for process in main child daemon; do
        wait_for gone "$(cat "$task.$process")"
    done
done
