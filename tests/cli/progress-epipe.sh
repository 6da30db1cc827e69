#! /bin/sh
# A run whose reader has seen enough leaves nothing of the bar.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

need_terminal
TERM=xterm
export TERM

expect_status 0 "$terminal" -p sh -c 'yes | cpool --bar identity | head -n 1 >first'
expect_out_empty
[ "$(cat first)" = y ] || fail "$(cat first)"
