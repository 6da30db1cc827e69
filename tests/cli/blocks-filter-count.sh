#! /bin/sh
# grep -c of the parts adds up, and one that finds nothing is a failure of its own, with its status.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

seq 500000 >in
expect_status 0 cpool -j2 --pipe --filter --block 50K awk '/77/ { n++ } END { print n + 0 }' <in
[ "$(awk '{ n += $1 } END { print n }' out)" -eq "$(grep -c 77 in)" ] || fail "$(cat out)"
expect_status 0 cpool -j1 --pipe --filter grep -c 77 <in
expect_out "$(grep -c 77 in)"
expect_status 1 cpool -j1 --pipe --filter grep -c nothing <in
expect_out 0
expect_err_match '^cpool: 1 of 1 tasks failed$'
expect_err_match '^cpool: block 1: exit status 1$'
