#! /bin/sh
# --interleave with many more tasks than places, each with one line: the order of the items, at any number of jobs.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

seq 3000 >items
for jobs in 1 3 50; do
    expect_status 0 cpool -j$jobs --interleave identity <items
    expect_out_file items
done
