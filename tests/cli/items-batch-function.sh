#! /bin/sh
# -n with a function is refused rather than ignored.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

expect_status 125 cpool -n 2 fib 1 2
expect_out_empty
expect_err_match '^cpool: -n: fib '
