#! /bin/sh
# -c and -q: the last one counts.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

expect_status 0 cpool -q -c echo '$((1+1))' ::: a
expect_out '2 a'
expect_status 0 cpool -c -q echo '$((1+1))' ::: a
expect_out '$((1+1)) a'
