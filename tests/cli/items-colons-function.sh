#! /bin/sh
# A function takes items behind ::: as well.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

expect_status 0 cpool square ::: 5 6
expect_out 25 36
