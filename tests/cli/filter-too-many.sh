#! /bin/sh
# A filter that answers more than it was asked is found out: status 125.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

for n in 1 10 20000; do
    seq $n | expect_status 125 timeout 20 cpool -j1 --filter sh -c 'cat; echo more'
    expect_err_match '^cpool: the filter answers more than it was asked; its answers may not belong to their items$'
    seq $n | expect_status 125 timeout 20 cpool -j1 --filter sed p
    expect_err_match '^cpool: the filter answers more than it was asked'
done
expect_status 125 cpool -j1 --filter=0 sh -c 'cat; echo more' ::: a
