#! /bin/sh
# Tasks see CPOOL_SEQ, CPOOL_SLOT, CPOOL_PID, and the two names that GNU parallel has for the first ones.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

start cpool -j2 sh -c 'echo "$CPOOL_SEQ $PARALLEL_SEQ $((CPOOL_SLOT == PARALLEL_JOBSLOT)) $CPOOL_PID {#} {%} $CPOOL_SLOT"' _ ::: a b c
expect_end 0
awk -v pid="$started" '$1 != NR || $2 != NR || $3 != 1 || $4 != pid || $5 != NR || $6 != $7 { exit 1 }' out || fail "$(cat out)"
