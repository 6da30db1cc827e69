#! /bin/sh
# A run that a signal ends leaves nothing of the bar.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

need_terminal
TERM=xterm
export TERM

expect_status 143 "$terminal" -p -c 200 cpool --bar --eta -j1 'kill -TERM $CPOOL_PID; : {}; exec sleep 1000' ::: a
expect_out 'cpool: ended by SIGTERM: 0 tasks had ended; of those that were running, output is partial'
