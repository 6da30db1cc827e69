#! /bin/sh
# A job in the background of a terminal draws nothing there.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

need_terminal
TERM=xterm
export TERM

cat >shell <<'END'
set -m
cpool --bar -j1 'sleep 0.11; echo {}' ::: a b >lines &
wait $! 2>/dev/null
END
expect_status 0 "$terminal" sh shell
grep -v "+ Done" out >drawn || :
[ ! -s drawn ] || fail "$(cat out)"
[ "$(cat lines)" = "a
b" ] || fail "$(cat lines)"
