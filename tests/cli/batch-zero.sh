#! /bin/sh
# -n 0 runs the command once for each item and does not hand it over.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

expect_status 0 cpool -n0 echo same ::: 1 2 3
expect_out same same same
expect_status 0 cpool -N0 echo '{#}' ::: a b
expect_out 1 2
expect_status 0 cpool -n0 'echo "<$#>"' ::: a b
expect_out '<0>' '<0>'
expect_status 0 cpool -n0 touch ran </dev/null
[ ! -e ran ] || fail 'run without an item'
