#! /bin/sh
# nap takes as long as it says.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

before=$(date +%s%N)
expect_status 0 cpool nap 0.2
after=$(date +%s%N)
[ $((after - before)) -ge 200000000 ] || fail "nap 0.2 took $((after - before)) ns"
