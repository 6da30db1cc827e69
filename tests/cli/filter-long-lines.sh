#! /bin/sh
# Items and answers of a megabyte, and answers much longer or shorter than the items.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

head -c 1048576 /dev/zero | tr '\0' x >line
for i in 1 2 3 4 5 6 7 8; do
    echo $i
    cat line
    echo
done >in
for jobs in 1 3; do
    expect_status 0 cpool -j$jobs --filter cat <in
    expect_out_file in
    expect_status 0 cpool -j$jobs --filter=0 cat <in
    tr '\0' '\n' <out | cmp - in || fail 'with --filter=0 it is not the same'
    expect_status 0 cpool -j$jobs --filter sed 's/xx*/short/' <in
    sed 's/xx*/short/' in >wanted
    expect_out_file wanted
    seq 300 | expect_status 0 cpool -j$jobs --filter awk '{ printf "%d %0100000d\n", $1, 7 }'
    seq 300 | awk '{ printf "%d %0100000d\n", $1, 7 }' >wanted
    expect_out_file wanted
done
