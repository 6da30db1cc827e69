#! /bin/sh
# Workers killed at random times: each item is reported or answered, once, and in order.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

need pgrep
# See worker-killed-often.sh.
ASAN_OPTIONS=${ASAN_OPTIONS:+$ASAN_OPTIONS:}detect_leaks=0
export ASAN_OPTIONS
seq 300000 >in
start cpool -j4 --filter cat <in
for _ in 1 2 3 4 5 6 7 8; do
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
