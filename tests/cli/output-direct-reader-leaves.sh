#! /bin/sh
# A reader that leaves in the middle of much output ends the run, as it does any filter's.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

{
    status=0
    cpool -j2 cat ::: /dev/zero /dev/zero 2>err || status=$?
    echo "$status" >status
} | head -c 3000000 | wc -c >size
[ "$(cat size)" -eq 3000000 ] || fail "$(cat size) bytes"
[ "$(cat status)" -eq 141 ] || fail "status $(cat status)"
expect_err_empty
