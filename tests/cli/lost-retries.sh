#! /bin/sh
# With --retries an item whose worker died is tried again: command and function.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

need pgrep
expect_status 0 cpool -j2 --retries 2 sh -c 'echo "$1" >>ran; echo "before $1"
    if [ "$1" = 3 ] && mkdir died 2>/dev/null; then kill -KILL $PPID; exit 9; fi; echo "$1"' _ ::: 1 2 3 4 5
expect_out 'before 1' 1 'before 2' 2 'before 3' 3 'before 4' 4 'before 5' 5
[ "$(sort ran | tr -d '\n')" = 123345 ] || fail "ran: $(sort ran)"
! grep -q failed err || fail "$(cat err)"

start cpool -j1 --retries 3 nap 0 4 0.1
wait_for pgrep -P "$started"
kill -KILL "$(pgrep -P "$started")"
expect_end_soon 0
expect_out 0 4 0.1
