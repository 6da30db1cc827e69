#! /bin/sh
# A task that succeeds in the end has not failed; one that fails for good counts once.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

expect_status 0 cpool -j1 --retries 2 --halt now,fail=1 sh -c '[ -e "$1" ] || { : >"$1"; exit 1; }; echo "$1"' _ ::: a b c
expect_out a b c
expect_status 1 cpool -j1 --retries 3 --halt now,fail=2 sh -c 'echo x >>tries; exit 4' ::: a
expect_status 2 cpool -j1 --retries 3 --halt now,fail=2 sh -c 'echo x >>count; exit 4' ::: a b c d
[ "$(wc -l <count)" -eq 6 ] || fail "$(wc -l <count) tries"
