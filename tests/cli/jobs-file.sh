#! /bin/sh
# -j FILE: the number of jobs stands in FILE, and is read again when it changes, up and down.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

echo 1 >number
mkfifo in
yes >in &
producer=$!
start cpool -j number echo '{%}' '#{}' <in
slots () { [ "$(tail -n 300 out | sort -u | grep -c .)" -eq "$1" ]; }
enough () { [ "$(wc -l <out)" -gt 300 ]; }
wait_for enough
wait_for slots 1
echo 3 >new && mv new number
wait_for slots 3
echo 1 >number
wait_for slots 1
echo 2 >number
wait_for slots 2
kill -TERM "$started"
expect_end 143
wait "$producer" 2>/dev/null
! grep -qv '^[123] #y$' out || fail "other slots: $(sort -u out | head)"
