#! /bin/sh
# -n N hands N items to each task, -N N as well, with {1} … {N} for them; the last gets what is left.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

expect_status 0 cpool -n2 echo ::: 1 2 3 4 5
expect_out '1 2' '3 4' 5
expect_status 0 cpool -N2 echo '{2}-{1}' ::: 1 2 3 4
expect_out 2-1 4-3
expect_status 0 cpool -N 3 echo '{1}{2}{3}:' {} ::: a b c d
expect_out 'abc: a b c' 'd: d'
expect_status 0 cpool -n2 echo 'x{}y' ::: 1 2 3
expect_out 'x1 2y' x3y
expect_status 0 cpool -N2 echo 'x{}y' ::: 1 2 3
expect_out 'x1y x2y' x3y
