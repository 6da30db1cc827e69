#! /bin/sh
# -u is for commands: a function's answers, and those of a filter, have an order.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

expect_status 125 cpool -u square 3
expect_out_empty
[ "$(wc -l <err)" -eq 1 ] || fail "more than one line: $(cat err)"
expect_status 125 cpool -u --filter cat ::: 3
expect_out_empty
[ "$(wc -l <err)" -eq 1 ] || fail "more than one line: $(cat err)"
