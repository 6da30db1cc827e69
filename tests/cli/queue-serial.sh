#! /bin/sh
# -j1 is one task at a time, in order.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

expect_status 0 cpool -j1 sh -c 'mkdir lock && echo "$1" >>log && rmdir lock' _ ::: 1 2 3 4 5 6 7 8
expect_err_empty
printf '%s\n' 1 2 3 4 5 6 7 8 | cmp -s - log || fail "order: $(cat log)"
