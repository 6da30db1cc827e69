#! /bin/sh
# While nothing is written the bar is there, with how many tasks are done, and before the next output it is erased: what is drawn
# begins in the first column and ends there.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

need_terminal
TERM=xterm
export TERM

mkfifo go
start "$terminal" cpool --bar -j1 'case {} in 3) read -r _ <go ;; esac; echo {}' ::: 1 2 3 4
wait_for grep -aq ' 50% \[#*-*\] 2/4' out
echo >go
expect_end_soon 0
cr=$(printf '\r') esc=$(printf '\033')
sed "s/$cr *[0-9]*% \[#*-*\] [0-9]\/4$esc\[J$cr//g; s/$cr$esc\[J//g; s/$cr\(100% .*\)$esc\[J\$/\1/" out >rest
printf '%s\n' 1 2 3 4 '100% [#####################################] 4/4' | cmp -s - rest || fail "$(od -c rest)"
