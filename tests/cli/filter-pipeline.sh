#! /bin/sh
# A filter may be a pipeline, and both of its programs may buffer.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

seq 20000 >in
tr 0-4 a-e <in | sed 's/^/x/' >wanted
for jobs in 1 3; do
    expect_status 0 timeout 30 cpool -j$jobs --filter tr 0-4 a-e '|' sed 's/^/x/' <in
    expect_out_file wanted
    expect_status 0 timeout 30 cpool -j$jobs --filter tr 0-4 a-e '|' sed -u 's/^/x/' <in
    expect_out_file wanted
done
seq 9 | expect_status 1 timeout 20 cpool -j1 --filter cat '|' sed '$d'
expect_err_match '^cpool: 1 of 9 tasks failed$'
expect_err_match '^cpool: item 9'
