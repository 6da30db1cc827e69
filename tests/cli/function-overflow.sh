#! /bin/sh
# A result that does not fit is the error of that item; the others go on.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

expect_status 2 cpool power 2 16 3 18446744073709551615 4
expect_out 4 27 256
expect_err_match "^cpool: power: '16': .*larger than 18446744073709551615"
expect_status 1 cpool square 4294967296 2
expect_out 4
expect_err_match "^cpool: square: '4294967296': "
expect_status 1 cpool fib 94 2
expect_out 1
expect_err_match "^cpool: fib: '94': "
