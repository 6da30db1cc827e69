#! /bin/sh
# Workers killed at random times under load: each item is either reported or answered exactly once, in order.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

need pgrep
# At the end of a sanitized program its search for leaks is a child process for a moment, without which it never ends.
ASAN_OPTIONS=${ASAN_OPTIONS:+$ASAN_OPTIONS:}detect_leaks=0
export ASAN_OPTIONS
seq 300000 >in
start cpool -j4 identity <in
for _ in 1 2 3 4 5 6 7 8 9 10; do
    worker=$(pgrep -P "$started" | tail -n 1) || break
    kill -KILL "$worker" 2>/dev/null
    sleep 0.01
done
wait "$started"
status=$?
sed -n 's/^cpool: item \([0-9]*\) .*: lost: .*/\1/p' err | sort >lost
[ "$(wc -l <lost)" -eq "$status" ] || fail "status $status, but $(wc -l <lost) items lost: $(cat err)"
sort -c -n out || fail 'out of order'
sort in >all
sort out | sort -m - lost | cmp -s - all || fail 'an item is missing or doubled'
