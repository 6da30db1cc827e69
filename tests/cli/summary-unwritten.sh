#! /bin/sh
# A summary that can't be written is lost output: status 125.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

[ -e /dev/full ] || skip 'there is no /dev/full'
cpool --summary echo ::: a b >out 2>/dev/full
status=$?
expect_out a b
[ "$status" -eq 125 ] || fail "status $status"
