#! /bin/sh
# -n N with fewer than N items.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

seq 2 | expect_status 0 cpool -n 1000000000 echo
expect_out '1 2'
