#! /bin/sh
# Large outputs are not mixed.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

for i in 1 2 3 4; do
    yes "$i" | head -c 1000000 >"in$i"
done
expect_status 0 cpool -j4 cat ::: in1 in2 in3 in4
cat in1 in2 in3 in4 >wanted
expect_out_file wanted
