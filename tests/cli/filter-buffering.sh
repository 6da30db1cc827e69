#! /bin/sh
# Filters that keep their answers back as long as they can need not be told to flush.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

seq 50000 >in
for n in 1 2 700 50000; do
    head -n $n in >some
    for jobs in 1 3; do
        expect_status 0 cpool -j$jobs --filter sed 's/1/one/' <some
        sed 's/1/one/' some >wanted
        expect_out_file wanted
        expect_status 0 cpool -j$jobs --filter grep -n '' <some
        sed 's/^[0-9]*://' out >numbers
        cmp numbers some || fail 'grep -n has lost something'
        expect_status 0 cpool -j$jobs --filter tr 0-9 a-j <some
        tr 0-9 a-j <some >wanted
        expect_out_file wanted
    done
done
