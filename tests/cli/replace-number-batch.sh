#! /bin/sh
# With -n, {#} counts tasks.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

seq 5 | expect_status 0 cpool -n 2 echo '{#}:' {}
expect_out '1: 1 2' '2: 3 4' '3: 5'
