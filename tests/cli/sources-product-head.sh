#! /bin/sh
# The product of CLI.md, looked at by head: its first rows, and it ends quietly.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

cpool --dry-run echo ::: $(seq 1000) ::: $(seq 1000) ::: $(seq 1000) 2>err | head -n 1002 >out
[ "$(head -n 1 out)" = 'echo 1 1 1' ] || fail "$(head -n 1 out)"
[ "$(tail -n 1 out)" = 'echo 1 2 2' ] || fail "$(tail -n 1 out)"
expect_err_empty
