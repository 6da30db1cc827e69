#! /bin/sh
# It is tasks that are counted, whatever their exit statuses are.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

expect_status 2 cpool sh -c 'exit "$1"' _ ::: 0 255 3 0
expect_err_match '^cpool: 2 of 4 tasks failed$'
expect_err_match '^cpool: item 2 .255.: exit status 255$'
