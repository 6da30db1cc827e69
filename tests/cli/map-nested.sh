#! /bin/sh
# cpool inside cpool.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

expect_status 0 cpool -j2 cpool -j2 square {} 10 ::: 2 3
expect_out 4 100 9 100
expect_status 0 cpool -j2 sh -c 'seq "$1" | cpool -j2 echo "$1"' _ ::: 2 3
expect_out '2 1' '2 2' '3 1' '3 2' '3 3'
