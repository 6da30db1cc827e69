#! /bin/sh
# cpool alone says what is missing.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

expect_status 125 cpool
expect_out_empty
expect_err_match '^cpool: no FUNCTION or COMMAND.*--help'
expect_status 125 cpool -j2 --
expect_err_match '^cpool: no FUNCTION or COMMAND'
expect_status 125 cpool ::: a
expect_err_match '^cpool: no FUNCTION or COMMAND'
