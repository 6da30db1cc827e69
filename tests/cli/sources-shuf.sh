#! /bin/sh
# --shuf: the same rows in another order, none lost, none twice.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

seq 1000 >in
expect_status 0 cpool --shuf echo <in
! cmp -s in out || fail 'nothing was shuffled'
sort -n out | cmp -s - in || fail 'not the same items'
mv out first
expect_status 0 cpool --shuf echo <in
! cmp -s first out || fail 'twice the same order without a seed'
expect_status 0 cpool --shuf identity 3 1 2
sort out >sorted
printf '1\n2\n3\n' | cmp -s - sorted || fail "$(cat out)"
