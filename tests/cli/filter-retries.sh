#! /bin/sh
# With --retries a crash fails only the item that is to blame, also where the filter had read many others.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

seq 1000 >in
# awk has read hundreds when it meets it.
for jobs in 1 3; do
    expect_status 1 cpool -j$jobs --retries 2 --filter awk '$1 == 777 { exit 5 } { print "<" $1 ">" }' <in
    sed '777d;s/.*/<&>/' in >wanted
    expect_out_file wanted
    expect_err_match '^cpool: 1 of 1000 tasks failed$'
    expect_err_match '^cpool: item 777 .777.: exit status 5 at the last of 2 tries$'
done
# It may do better the next time.
expect_status 0 cpool -j1 --retries 3 --filter 'while read -r x; do [ "$x" != b ] || ! mkdir once 2>/dev/null || exit 1; echo "$x"; done' ::: a b c
expect_out a b c
