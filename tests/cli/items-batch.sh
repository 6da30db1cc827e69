#! /bin/sh
# -n N: up to N items for each command; the last one takes what is left.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

seq 7 | expect_status 0 cpool -n 3 echo
expect_out '1 2 3' '4 5 6' 7
expect_err_empty
