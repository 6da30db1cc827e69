#! /bin/sh
# Each try has the whole time; the report counts the task once and says at which try.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

expect_status 1 timeout 20 cpool -j1 --timeout 0.3 --retries 2 sh -c 'echo try >>tries; echo "$1"; exec sleep 1000' _ ::: a
[ "$(wc -l <tries)" -eq 2 ] || fail "$(wc -l <tries) tries"
expect_out a
[ "$(grep -c 'timed out' err)" -eq 1 ] || fail "said more than once: $(cat err)"
expect_err_match "^cpool: 1 of 1 tasks failed\$"
expect_err_match "^cpool: item 1 'a': timed out after 300 ms at the last of 2 tries\$"
expect_status 0 timeout 20 cpool -j1 --timeout 2 --retries 2 sh -c 'if mkdir first 2>/dev/null; then exec sleep 1000; fi; echo "$1"' _ ::: a
expect_out a
expect_err_empty
