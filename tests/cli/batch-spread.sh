#! /bin/sh
# Near the end -X and -m share the items evenly among the jobs; --xargs does not.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

expect_status 0 cpool -X -j4 echo ::: 1 2 3 4 5 6 7 8 9 10
expect_out '1 2 3' '4 5 6' '7 8 9' 10
expect_status 0 cpool -m -j3 echo ::: 1 2 3 4 5 6 7
expect_out '1 2 3' '4 5 6' 7
expect_status 0 cpool -X -j20 echo ::: 1 2 3
expect_out 1 2 3
expect_status 0 cpool --xargs -j4 echo ::: 1 2 3 4 5 6 7 8 9 10
expect_out '1 2 3 4 5 6 7 8 9 10'
seq 10 | expect_status 0 cpool -X -j2 echo
expect_out '1 2 3 4 5' '6 7 8 9 10'
