#! /bin/sh
# Columns of several sources are counted through.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

expect_status 0 cpool -C , echo '{1} {2} {3} {4}' ::: a,b c,d ::: 1,2
expect_out 'a b 1 2' 'c d 1 2'
expect_status 0 cpool -C , -N2 echo '{4}{1}' ::: a,b c,d
expect_out da
