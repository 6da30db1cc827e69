#! /bin/sh
# ^Z erases the bar, and when cpool goes on it is there again.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

need_terminal
TERM=xterm
export TERM

[ -r /proc/self/stat ] || skip 'no /proc'
mkfifo go
start "$terminal" cpool --bar -j1 'case {} in a) echo $CPOOL_PID >pid; read -r _ <go ;; esac' ::: a b
wait_for test -s pid
wait_for grep -aq ' 0/2' out
is () { [ "$(state "$1")" = "$2" ]; }
kill -TSTP "$(cat pid)"
wait_for is "$(cat pid)" T
printf '\r\033[J' >expected
erased () { tail -c 4 out | cmp -s - expected; }
wait_for erased
before=$(wc -c <out)
kill -CONT "$(cat pid)"
again () { tail -c "+$((before + 1))" out | grep -aq ' 0/2'; }
wait_for again
echo >go
expect_end_soon 0
