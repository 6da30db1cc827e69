#! /bin/sh
# --total says how many items will come.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

need_terminal
TERM=xterm
export TERM

mkfifo items
start "$terminal" cpool --bar --total 4 -a items true
exec 4>items
echo a >&4
wait_for grep -aq ' 25% \[#*-*\] 1/4' out
exec 4>&-
expect_end_soon 0
grep -aq '100% \[#*\] 1/1' out || fail "$(od -c out)"
