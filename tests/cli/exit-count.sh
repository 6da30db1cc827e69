#! /bin/sh
# The status counts the tasks that failed, up to 100; 101 means more.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

for count in 1 2 100; do
    seq "$count" | expect_status "$count" cpool -j2 false
done
seq 101 | expect_status 101 cpool -j2 false
seq 300 | expect_status 101 cpool -j2 false
expect_err_match '^cpool: 300 of 300 tasks failed$'
expect_err_match '^cpool: and 290 more '
