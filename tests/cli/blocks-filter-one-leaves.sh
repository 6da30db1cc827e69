#! /bin/sh
# One command that wants no more does not end the others: they are given all that is left.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

seq 500000 >in
# The first block is 1 to 10, and whoever has it reads no more.
expect_status 0 timeout 20 cpool -j2 --pipe --filter -N 10 awk '$1 == 1 { first = 1 } first && NR == 10 { exit } { print }' <in
head -n 1 out | grep -qx 1 || fail 'the first block is not the first output'
sort -nu out | tail -n 1 | grep -qx 500000 || fail 'the last block was given to nobody'
