#! /bin/sh
# Where input comes slowly, a filter that flushes is heard line by line.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

mkfifo in
for jobs in 1 2; do
    exec 8<>in
    start cpool -j$jobs --filter sed -u 's/^/x/' <in 8>&-
    for i in 1 2 3 4 5 6; do
        echo $i >&8
        wait_for grep -qx x$i out
    done
    exec 8>&-
    expect_end_soon 0
    expect_out x1 x2 x3 x4 x5 x6
done
