#! /bin/sh
# A run that --halt ends leaves nothing of the bar.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

need_terminal
TERM=xterm
export TERM

expect_status 3 "$terminal" -p cpool --bar --halt now,fail=1 -j1 'echo {}; sleep 0.11; exit 3' ::: a b
expect_out a "cpool: item 1 'a': exit status 3" 'cpool: 1 of 1 tasks failed'
