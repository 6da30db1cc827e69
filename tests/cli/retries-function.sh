#! /bin/sh
# A function that refuses an item is asked again; what it refused is said once.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

expect_status 1 cpool -j2 --retries 3 --chunk 4 square 1 x 3 4
expect_out 1 9 16
[ "$(grep -c "^cpool: square: 'x'" err)" -eq 1 ] || fail "$(cat err)"
expect_err_match '^cpool: 1 of 4 tasks failed$'
