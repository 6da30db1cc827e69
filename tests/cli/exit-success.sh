#! /bin/sh
# Status 0 and nothing on standard error when every task succeeded.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

expect_status 0 cpool true ::: a b c
expect_out_empty
expect_err_empty
