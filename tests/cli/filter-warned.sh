#! /bin/sh
# A failure behind the last answer is warned of, and is no failure of an item.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

expect_status 0 cpool -j1 --filter awk '{ print } END { exit 3 }' ::: a b c
expect_out a b c
expect_err_match '^cpool: warning: the filter answered all that it was asked, and ended with a failure'
