#! /bin/sh
# An item that holds a newline is refused, and named; the others are answered.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

expect_status 2 cpool -j1 --filter cat ::: a 'b
c' d '
' e
expect_out a d e
expect_err_match "^cpool: 'b.x0ac': it holds a newline"
expect_err_match '^cpool: 2 of 5 tasks failed$'
# All of them: no filter is blamed.
expect_status 1 cpool --filter cat ::: '
'
expect_out_empty
