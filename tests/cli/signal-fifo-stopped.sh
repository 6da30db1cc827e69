#! /bin/sh
# Stopped by ^Z while it waits for the other end of a FIFO, cpool goes on when it is continued.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

mkfifo in
start cpool -a in echo
is_waiting () { grep -q '^SigCgt:.*[4-7c-f]...$' "/proc/$started/status" && [ "$(state "$started")" = S ]; }
is_stopped () { [ "$(state "$started")" = T ]; }
[ -e /proc/self/status ] || skip 'there is no /proc'
wait_for is_waiting
kill -TSTP "$started"
wait_for is_stopped
kill -CONT "$started"
echo 1 >in
expect_end 0
expect_out 1
