#! /bin/sh
# The task fails if any program does, and the report says which.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

expect_status 1 cpool sh -c 'exit 3' '|' cat ::: a
expect_err_match "item 1 'a': exit status 3 of program 1, 'sh'\$"
expect_status 1 cpool true '|' sh -c 'exit 4' '|' cat ::: a
expect_err_match 'exit status 4 of program 2'
expect_status 1 cpool true '|' cat '|' sh -c 'kill -KILL $$' ::: a
expect_err_match "ended by SIGKILL of program 3, 'sh'\$"
expect_status 1 cpool sh -c '[ "$1" != 2 ]; s=$?; echo "$1"; exit $s' _ '{}' '|' cat ::: 1 2 3
expect_out 1 2 3
expect_err_match '1 of 3 tasks failed'
