#! /bin/sh
# -t prints each command to standard error as it starts; standard output is the tasks' alone.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

expect_status 0 cpool -j1 -t echo ::: a 'b c'
expect_out a 'b c'
[ "$(cat err)" = "echo a
echo 'b c'" ] || fail "$(cat err)"
expect_status 0 cpool -j1 --verbose 'echo {}' ::: a
[ "$(wc -l <err)" -eq 1 ] || fail "$(cat err)"
expect_status 0 cpool -t --dry-run touch ran ::: a
expect_out 'touch ran a'
[ ! -e ran ] || fail 'it was run'
