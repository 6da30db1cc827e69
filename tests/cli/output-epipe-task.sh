#! /bin/sh
# A task whose own reader ends gets SIGPIPE, whatever cpool does with it.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

expect_status 0 cpool sh -c 'yes | head -n 1' ::: a
expect_out y
expect_err_empty
