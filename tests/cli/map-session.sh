#! /bin/sh
# A task leads a group of its own, in a session without a terminal that is not the caller's.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

need ps
ours=$(ps -o sid= -p $$ | tr -d ' ')
expect_status 0 cpool -j1 sh -c 'ps -o pgid= -p $$ | tr -d " " >pgid; echo $$ >pid; cmp pgid pid; ps -o sid=,tty= -p $$' ::: x
read -r sid tty <out
[ "$sid" != "$ours" ] || fail "it is in the caller's session"
[ "$tty" = '?' ] || fail "it has a terminal: $tty"
expect_status 1 cpool -j1 sh -c ': </dev/tty' ::: x
expect_err_match '/dev/tty'
