#! /bin/sh
# --progress names the item that has been running for longest, with its time; nothing in it steers the terminal, and it is cut.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

need_terminal
TERM=xterm
export TERM

mkfifo go
printf 'wide \344\270\255\033[2J and some more that does not fit any more\n' >item
start "$terminal" -c 60 cpool --progress -j2 -a item 'read -r _ <go; :'
wait_for grep -aEq '0/1, 1 running, [0-9]+ s: wide .*' out
echo >go
expect_end_soon 0
grep -aqF "$(printf 'wide \344\270\255')\\x1b[2J and some " out || fail "$(od -c out)"
grep -aqF "$(printf '\033[2J')" out && fail "control characters came through: $(od -c out)"
grep -aq 'does not fit' out && fail "not cut: $(od -c out)"
exit 0
