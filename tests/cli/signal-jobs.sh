#! /bin/sh
# USR1 is one job more, USR2 one fewer, as with xargs.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

mkfifo in
yes >in &
producer=$!
start cpool -j1 echo '{%}' '#{}' <in
slots () { [ "$(tail -n 300 out | sort -u | grep -c .)" -eq "$1" ]; }
enough () { [ "$(wc -l <out)" -gt 300 ]; }
wait_for enough
wait_for slots 1
kill -USR1 "$started"
wait_for slots 2
kill -USR2 "$started"
wait_for slots 1
kill -USR1 "$started"
wait_for slots 2
kill -TERM "$started"
expect_end 143
wait "$producer" 2>/dev/null
! grep -qv '^[12] #y$' out || fail "other slots: $(sort -u out)"
