#! /bin/sh
# No item, no task: status 0, as the -r of others.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

expect_status 0 cpool -r echo
expect_out_empty
expect_status 0 cpool fib
expect_out_empty
expect_err_empty
