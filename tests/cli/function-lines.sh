#! /bin/sh
# Functions that answer with several lines: gen_fib and countdown.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

expect_status 0 cpool gen_fib 0 1 7
expect_out 1 1 1 2 3 5 8 13
expect_status 0 cpool countdown 3 0
expect_out 3 2 1 0 0
expect_status 1 cpool gen_fib 94
expect_out_empty
expect_err_match "gen_fib: '94': the result is larger"
expect_status 0 cpool countdown 300000
seq 300000 -1 0 | cmp -s - out || fail 'a long answer is another'
