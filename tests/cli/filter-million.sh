#! /bin/sh
# A million items through filters that buffer: what comes out is what the command alone would print.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

seq 1000000 >in
awk '{print $1 * 2 + 1}' in >wanted
for jobs in 1 3; do
    expect_status 0 cpool -j$jobs --filter awk '{print $1 * 2 + 1}' <in
    expect_out_file wanted
done
# shellcheck disable=SC2002
cat in | expect_status 0 cpool --filter awk '{print $1 * 2 + 1}'
expect_out_file wanted
expect_err_empty
