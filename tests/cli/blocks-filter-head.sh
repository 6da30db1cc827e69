#! /bin/sh
# A command that ends well wants no more; when all have, the run ends, however much is to come.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

yes | expect_status 0 timeout 20 cpool -j1 --pipe --filter head -n 1
expect_out y
yes | expect_status 0 timeout 20 cpool -j3 --pipe --filter head -n 1
sort -u out >once
echo y | cmp - once || fail "$(cat out)"
[ "$(wc -l <out)" -le 3 ] || fail 'one was started again'
seq 500000 >in
expect_status 0 timeout 20 cpool -j1 --pipe --filter --block 10K head -n 2 <in
expect_out 1 2
expect_status 0 timeout 20 cpool -j2 --pipe --filter --block 10K -a in true
expect_out_empty
expect_err_empty
