#! /bin/sh
# Messages of cpool stand on lines of their own, with nothing of the bar before or behind them.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

need_terminal
TERM=xterm
export TERM

expect_status 2 "$terminal" -p -c 200 cpool --bar -j1 'kill -9 $PPID; exec sleep 1' ::: first second
expect_out "cpool: item 1 'first': lost: its worker was ended by SIGKILL; the other items go on"     "cpool: item 2 'second': lost: its worker was ended by SIGKILL; the other items go on"     '100% [########################################] 2/2, 2 failed'     'cpool: 2 of 2 tasks failed'
