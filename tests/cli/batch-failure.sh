#! /bin/sh
# A batch that fails is named by its first and its last item; the others are run.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

expect_status 1 cpool -n3 sh -c 'echo "$@"; [ "$1" != 4 ] || exit 9' _ ::: 1 2 3 4 5 6 7 8
expect_out '1 2 3' '4 5 6' '7 8'
expect_err_match "^cpool: 1 of 3 tasks failed\$"
expect_err_match "^cpool: item 2 '4 \.\.\. 6': exit status 9\$"
expect_status 1 cpool -j1 -X false ::: first x last
expect_err_match "'first \.\.\. last'"
expect_status 1 cpool -n1 false ::: alone
expect_err_match "item 1 'alone': exit status 1"
expect_status 1 cpool -n2 false ::: a b ::: 1
expect_err_match "'a 1 \.\.\. b 1'"
