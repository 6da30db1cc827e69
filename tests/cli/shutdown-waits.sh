#! /bin/sh
# Who waits for the end of the grace time waits: for a process that its task has left, deaf to TERM and silent; and for a task whose cpool
# was killed, with output that nobody takes. Once both were asked again and again.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

need strace
sanitized && skip 'the sanitizers do not work under strace'
strace -f -o /dev/null -e inject=wait4:delay_enter=1 true 2>/dev/null || skip 'strace can do nothing here'

cat >deaf <<'END_OF_DEAF'
trap '' TERM
echo x
sleep 1000 &
echo $! >"deaf.$1"
wait
END_OF_DEAF
few () { n=$(grep -c "poll(" trace); [ "$n" -lt 100 ] || fail "$1: $n times"; }

start strace -f -o trace -e trace=poll,ppoll cpool -j1 --grace 2 sh -c 'sh deaf a & until [ -s deaf.a ]; do sleep 0.01; done
    [ -e ended ] || { : >ended; kill -TERM "$CPOOL_PID"; }; exec sleep 1000' _ ::: a
expect_end_soon 143
few 'a deaf one'

start strace -f -o trace -e trace=poll,ppoll cpool -j1 --grace 2 sh -c 'trap "" TERM; kill -KILL "$CPOOL_PID"; exec sh deaf b' _ ::: b
wait_for gone "$started"
wait "$started" 2>/dev/null
few 'without cpool'
