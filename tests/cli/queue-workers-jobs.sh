#! /bin/sh
# There are never more workers than -j.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

seq 3000 | expect_status 0 cpool -j3 pid
[ "$(sort -u out | wc -l)" -le 3 ] || fail "$(sort -u out | wc -l) workers"
seq 100 | expect_status 0 cpool -j1 pid
[ "$(sort -u out | wc -l)" -eq 1 ] || fail "$(sort -u out | wc -l) workers"
