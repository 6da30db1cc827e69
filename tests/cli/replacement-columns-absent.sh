#! /bin/sh
# A word that is nothing but columns which are not there is no argument; within other text it is empty.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

expect_status 0 cpool -C , printf '<%s>' '{1}' '{2}' '{3}' ::: a,b
[ "$(cat out)" = '<a><b>' ] || fail "$(cat out)"
expect_status 0 cpool -C , printf '<%s>' 'x{9}' '{1}' ::: a,b
[ "$(cat out)" = '<x><a>' ] || fail "$(cat out)"
