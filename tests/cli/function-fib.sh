#! /bin/sh
# fib: the example.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

expect_status 0 cpool -j4 fib 20
expect_out 6765
expect_status 0 cpool -j4 fib 20 20 20 20 20
expect_out 6765 6765 6765 6765 6765
expect_status 0 cpool fib 0 1 2 3 10
expect_out 0 1 1 2 55
