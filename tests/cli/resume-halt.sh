#! /bin/sh
# Tasks that are left out count neither as successes nor as failures.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"
expect_status 0 cpool --joblog log true ::: a b c
expect_status 0 cpool -j1 --joblog log --resume --halt now,success=2 true ::: a b c d e f
[ "$(wc -l <log)" -eq 6 ] || fail "$(cat log)"
expect_status 2 cpool --joblog log --resume --retries 2 --retry-delay 0 sh -c 'exit 3' ::: a b
[ "$(wc -l <log)" -eq 8 ] || fail "$(cat log)"
expect_status 0 cpool --joblog log --resume --retries 2 sh -c 'exit 3' ::: b a
