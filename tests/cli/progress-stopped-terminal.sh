#! /bin/sh
# A terminal that takes nothing (^S) does not hold up the run.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

need_terminal
TERM=xterm
export TERM

cat >fill <<'END'
dd if=/dev/zero of=/dev/tty bs=4096 count=1000 oflag=nonblock 2>dd
dd if=/dev/zero of=/dev/tty bs=1 count=5000 oflag=nonblock 2>dd
grep -q 'temporarily unavailable' dd || { cat dd; exit 9; }
exec cpool --bar --progress -j2 'echo {}; sleep 0.1' ::: 1 2 3 4 5 6
END
start "$terminal" -s -e sh fill
expect_end_soon 0
tr -d '\0' <out >lines
expect_status 0 grep -ac '^[1-6]$' lines
expect_out 6
