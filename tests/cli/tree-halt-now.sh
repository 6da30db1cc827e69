#! /bin/sh
# --halt now ends the trees of all that runs.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

make_tree
expect_status 3 timeout 20 cpool -j2 --halt now,fail=1 --grace 0.1 sh -c '[ "$1" = b ] || exec sh tree "$1"
    until [ -e a.ready ]; do sleep 0.01; done; exit 3' _ ::: a b
expect_tree_gone a
