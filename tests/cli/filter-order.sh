#! /bin/sh
# Answers come in the order of the items, whichever filter is the fastest.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

for jobs in 1 2 4; do
    seq 300 | expect_status 0 cpool -j$jobs --filter 'while read -r x; do [ $((x % 40)) != 0 ] || sleep 0.01; echo "<$x>"; done'
    seq 300 | sed 's/.*/<&>/' >wanted
    expect_out_file wanted
done
