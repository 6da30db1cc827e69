#! /bin/sh
# The outputs come in the order of the first blocks, whichever command ends first.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

seq 400000 >in
expect_status 0 timeout 30 cpool -j4 --pipe --filter --block 20K head -n 1 <in
sort -n out | cmp - out || fail "$(cat out)"
# shellcheck disable=SC2002
cat in | expect_status 0 timeout 30 cpool -j3 --pipe --filter --block 20K awk 'NR == 1 { print } END { print "end" }'
grep -v end out >first
sort -n first | cmp - first || fail "$(cat out)"
head -n 1 out | grep -qx 1 || fail 'the first is not the first'
