#! /bin/sh
# --eta: the time that is left, as soon as something has ended.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

need_terminal
TERM=xterm
export TERM

mkfifo go
start "$terminal" cpool --eta -j1 'case {} in 3) read -r _ <go ;; *) sleep 0.2 ;; esac' ::: 1 2 3 4
wait_for grep -aEq '2/4, [0-9]+ s left' out
echo >go
expect_end_soon 0
grep -aEq '4/4, in [0-9.]+ m?s' out || fail "$(od -c out)"
