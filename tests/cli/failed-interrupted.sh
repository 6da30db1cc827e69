#! /bin/sh
# What a signal cuts off has not failed: --failed has what had, --resume is for the rest.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"
echo old >todo
start cpool -j2 --failed todo sh -c '[ "$1" != bad ] || exit 1; exec sleep 1000' sh ::: bad long other
there () { [ "$(cat todo)" = bad ]; }
wait_for there
kill -TERM "$started"
expect_end_soon 143
[ "$(cat todo)" = bad ] || fail "$(cat todo)"
