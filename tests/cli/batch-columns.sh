#! /bin/sh
# Batches of rows with columns.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

expect_status 0 cpool -N2 -C , echo '{1}{3}' ::: a,b c,d e,f
expect_out ac e
expect_status 0 cpool --csv -n2 printf '<%s>' ::: a,b '"c,d",e'
[ "$(cat out)" = '<a><b><c,d><e>' ] || fail "$(cat out)"
