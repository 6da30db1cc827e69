#! /bin/sh
# No word behind ::: means no item, and no task; standard input is not read instead.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

echo surprise | expect_status 0 cpool echo :::
expect_out_empty
expect_err_empty
