#! /bin/sh
# Large outputs of several tasks come whole and in order.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

expect_status 0 cpool -j2 head -c 3000001 ::: /dev/zero /dev/zero /dev/zero
[ "$(wc -c <out)" -eq 9000003 ] || fail "$(wc -c <out) bytes"
tr -d '\0' <out | cmp -s - /dev/null || fail 'other bytes came out'
