#! /bin/sh
# --seed N: the same order each time, another for another N, also for a product, where rows stay whole.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

seq 200 >in
expect_status 0 cpool --shuf --seed 7 echo <in
mv out first
expect_status 0 cpool --seed 7 -j3 echo :::: in
expect_out_file first
expect_status 0 cpool --seed 8 echo <in
! cmp -s first out || fail 'another seed, the same order'
expect_status 0 cpool --seed 1 -j1 echo ::: a b ::: 1 2 3
sort out >sorted
expect_status 0 cpool echo ::: a b ::: 1 2 3
expect_out_file sorted
