#! /bin/sh
# A command that reads slowly holds the producer up; neither cpool nor its workers grow.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

[ -r /proc/self/status ] || skip 'no /proc'
sanitized && skip 'the sanitizers take memory of their own'
peak="sed -n 's/^VmHWM:[^0-9]*\\([0-9]*\\).*/\\1/p'"
head -c 300M /dev/zero | tr '\0' '\n' | expect_status 0 cpool -j2 --pipe --filter sh -c "wc -c >/dev/null; $peak /proc/\$CPOOL_PID/status /proc/\$PPID/status"
[ "$(sort -n out | tail -n 1)" -lt 98304 ] || fail "it took $(sort -n out | tail -n 1) kB"
# One that reads a little, and then no more.
mkfifo in
yes >in &
producer=$!
start sh -c 'exec cpool -j2 --grace 0.1 --pipe --block 256K --filter sh -c "head -c 1000 >/dev/null; echo >ready.\$1; exec sleep 1000" _ {%} <in'
wait_for test -e ready.1
wait_for test -e ready.2
# All that may be read ahead has been read when the producer waits.
waits () { a=$(io) && sleep 0.2 && [ "$(io)" = "$a" ]; }
io () { sed -n 's/^wchar: //p' "/proc/$producer/io"; }
wait_for waits
took=$(sed -n 's/^VmHWM:[^0-9]*\([0-9]*\).*/\1/p' "/proc/$started/status")
kill -TERM "$started"
expect_end 143
wait_for gone "$producer"
[ "$took" -lt 98304 ] || fail "cpool took $took kB"
