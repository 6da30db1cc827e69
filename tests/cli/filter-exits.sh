#! /bin/sh
# A filter that ends in the middle: the item it had begun has failed with its status; what it has not read is given to the next.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

# A shell reads byte by byte: nothing behind that line.
for jobs in 1 2; do
    seq 1000 | expect_status 1 cpool -j$jobs --filter 'while read -r x; do [ "$x" != 500 ] || exit 3; echo "$x"; done'
    seq 1000 | sed 500d >wanted
    expect_out_file wanted
    expect_err_match '^cpool: .500.: the filter ended with status 3 before it answered$'
    expect_err_match '^cpool: 1 of 1000 tasks failed$'
    expect_err_match '^cpool: item 500 .500.: exit status 3$'
done
