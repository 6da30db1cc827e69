#! /bin/sh
# Where input comes slowly, what a filter keeps back comes at the end of the input, all of it and in order.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

mkfifo in
for jobs in 1 3; do
    exec 8<>in
    start cpool -j$jobs --filter sed 's/^/x/' <in 8>&-
    for i in 1 2 3 4 5 6; do
        echo $i >&8
        sleep 0.05 # so that it comes in pieces
    done
    exec 8>&-
    expect_end_soon 0
    expect_out x1 x2 x3 x4 x5 x6
done
