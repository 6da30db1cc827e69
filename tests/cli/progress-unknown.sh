#! /bin/sh
# While it is not known how many items there will be, there is neither a percentage nor a time that is left; then there is.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

need_terminal
TERM=xterm
export TERM

mkfifo items
start "$terminal" cpool --bar --eta -a items true
exec 4>items
echo a >&4
wait_for grep -aq '1 done' out
grep -aq -e % -e left out && fail "$(od -c out)"
exec 4>&-
expect_end_soon 0
grep -aq '100% \[#*\] 1/1, in ' out || fail "$(od -c out)"
