#! /bin/sh
# An option that is given twice: the last one counts.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

seq 4 >in
expect_status 0 cpool -n3 -n2 echo <in
expect_out '1 2' '3 4'
printf 'a,b' | expect_status 0 cpool -0 -d, echo
expect_out a b
