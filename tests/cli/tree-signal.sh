#! /bin/sh
# A task's child, its background process and its double-forked daemon are ended with it when a signal ends the run.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

make_tree
for signal in TERM:143 INT:130; do
    rm -f ./*.ready
    start cpool -j2 --grace 0.2 sh tree ::: a b
    wait_for test -e a.ready
    wait_for test -e b.ready
    kill -"${signal%:*}" "$started"
    expect_end_soon "${signal#*:}"
    expect_tree_gone a
    expect_tree_gone b
done
