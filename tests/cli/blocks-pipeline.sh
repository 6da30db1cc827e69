#! /bin/sh
# The command can be a pipeline; its first program reads the block.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

seq 400000 >in
expect_status 0 cpool -j3 --pipe --block 256K cat '|' tr 0-9 a-j '|' tr a-j 0-9 <in
expect_out_file in
# shellcheck disable=SC2002
cat in | expect_status 0 cpool -j3 --pipe --block 256K cat '|' wc -l
[ "$(awk '{ n += $1 } END { print n }' out)" -eq 400000 ] || fail "$(cat out)"
