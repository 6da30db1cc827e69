#! /bin/sh
# A time limit ends the whole tree of the task, and nothing else.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

make_tree
expect_status 1 timeout 20 cpool -j1 --timeout 0.7 --grace 0.1 sh -c '[ "$1" = b ] || exec sh tree "$1"; echo "$1"' _ ::: a b
expect_out b
expect_err_match "^cpool: item [0-9]+ 'a': timed out after 700 ms\$"
expect_tree_gone a
