#! /bin/sh
# --as-completed of a function: all answers, each whole; those of one chunk in their order.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

seq 20000 >items
expect_status 0 cpool -j3 --as-completed identity <items
sort -n out | cmp -s - items || fail 'other answers came out'
expect_status 0 cpool -j1 --as-completed identity <items
expect_out_file items
