#! /bin/sh
# A slow reader holds the producer up, and memory stays small however much is to come.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

[ -r /proc/self/status ] || skip 'no /proc'
sanitized && skip 'the sanitizers take memory of their own'
mkfifo in out.pipe
yes >in &
producer=$!
exec 8<>out.pipe
start sh -c 'exec cpool -j2 --grace 0.1 --pipe --block 256K cat <in >out.pipe 8>&-'
tasks_done () { read -r line <&8 && [ "$line" = y ]; }
wait_for tasks_done
# All that may be read ahead has been read when the producer waits.
waits () { a=$(io) && sleep 0.2 && [ "$(io)" = "$a" ]; }
io () { sed -n 's/^wchar: //p' "/proc/$producer/io"; }
wait_for waits
peak=$(sed -n 's/^VmHWM:[^0-9]*\([0-9]*\).*/\1/p' "/proc/$started/status")
kill -TERM "$started"
expect_end 143
kill "$producer" 2>/dev/null
[ "$peak" -lt 150000 ] || fail "cpool took $peak kB"
