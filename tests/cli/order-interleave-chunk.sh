#! /bin/sh
# --interleave hands out each task by itself, so --chunk is refused.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

expect_status 125 cpool --interleave --chunk=3 square 1 2 3
expect_out_empty
expect_err_match '^cpool: --chunk: .*--interleave'
expect_status 0 cpool --interleave --as-completed --chunk=3 -j1 square 1 2 3
expect_out 1 4 9
