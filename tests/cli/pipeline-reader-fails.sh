#! /bin/sh
# If the reader that quit early has failed, it is the one to be named.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

expect_status 1 timeout 20 cpool yes '|' sh -c 'head -n 1; exit 3' ::: a
expect_out a
expect_err_match "^cpool: item 1 'a': exit status 3 of program 2, 'sh'\$"
expect_status 3 timeout 20 cpool --halt now,fail=1 yes '|' sh -c 'exit 3' ::: a
