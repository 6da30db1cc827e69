#! /bin/sh
# A function takes any sources, one at a time; rows of several are more than it takes.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

seq 3 >three
expect_status 0 cpool square :::: three
expect_out 1 4 9
expect_status 0 cpool square ::: 4 5
expect_out 16 25
cpool square ::: 4 5 ::: 6 7 >out 2>err
status=$?
[ "$status" -ne 0 ] || fail "answered a product: $(cat out)"
