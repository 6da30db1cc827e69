#! /bin/sh
# -n N where the items come out even: no command is run without items.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

seq 6 | expect_status 0 cpool -n 3 echo :
expect_out ': 1 2 3' ': 4 5 6'
