#! /bin/sh
# Batches of a product are whole rows.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

expect_status 0 cpool -n2 echo ::: a b ::: 1 2
expect_out 'a 1 a 2' 'b 1 b 2'
expect_status 0 cpool -j1 -X -s 16 echo ::: a b ::: 1 2
expect_out 'a 1 a 2' 'b 1 b 2'
