#! /bin/sh
# A process that is left behind after much output, and is silent, is not waited for, though the worker wrote that output itself.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

linux_extras || skip 'workers write no output themselves'
{ timeout 20 cpool -j1 sh -c 'head -c 80000000 /dev/zero; sleep 1000 & echo $! >pid' ::: x; echo $? >status; } | wc -c >size
[ "$(cat status)" -eq 0 ] || fail "the run ended with $(cat status)"
[ "$(cat size)" -eq 80000000 ] || fail "$(cat size) bytes came"
kill "$(cat pid)"
