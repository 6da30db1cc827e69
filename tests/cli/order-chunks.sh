#! /bin/sh
# Chunks of any size give the same output.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

seq 1000 >in
for size in 1 2 7 999 1000 1001 1000000; do
    expect_status 0 cpool -j2 --chunk "$size" identity <in
    expect_out_file in
done
expect_status 0 cpool -j2 --chunk 3 echo ::: a b c d e
expect_out a b c d e
