#! /bin/sh
# Each output is sorted, and together they are all there is.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

seq 300000 >in
expect_status 0 cpool -j3 --pipe --filter --block 100K sort -rn <in
sort -n out | cmp - in || fail 'something is missing or doubled'
rises=$(awk 'NR > 1 && $1 > last { n++ } { last = $1 } END { print n + 0 }' out)
[ "$rises" -le 2 ] || fail "three commands, but $((rises + 1)) sorted pieces"
