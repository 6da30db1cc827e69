#! /bin/sh
# A filter that takes too long with an item: that one has timed out, the others are answered.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

expect_status 1 timeout 30 cpool -j1 --timeout 1 --grace 0.1 --filter 'while read -r x; do [ "$x" != slow ] || exec sleep 1000; echo "$x"; done' ::: a slow b c d
expect_out a b c d
expect_err_match '^cpool: 1 of 5 tasks failed$'
expect_err_match '^cpool: item 2 .slow.: timed out after 1 s$'
