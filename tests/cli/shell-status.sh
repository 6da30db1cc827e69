#! /bin/sh
# What a script ends with is what the task ends with, signals included.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

expect_status 2 cpool 'exit {}' ::: 0 3 0 4
expect_err_match "^cpool: 2 of 4 tasks failed\$"
expect_err_match "^cpool: item 2 '3': exit status 3"
expect_status 1 cpool 'kill -TERM $$; : {}' ::: a
expect_err_match 'ended by SIGTERM'
expect_status 1 cpool 'nonesuch {}' ::: a
expect_err_match 'exit status 127'
expect_status 1 cpool --halt now,fail=1 -j1 'exit {}' ::: 1 0 2>/dev/null
