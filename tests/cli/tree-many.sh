#! /bin/sh
# Many daemons, each in a session of its own, some started while the others are being ended.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

need_subreaper
need setsid
cat >breed <<'END'
trap '' TERM
[ "$1" -gt 0 ] || { : >ready; while :; do sleep 1000; done; }
setsid sh breed $(($1 - 1)) &
setsid sh breed $(($1 - 1)) &
while :; do sleep 0.05; setsid sleep 1000 & done
END
start cpool -j1 --grace 0.1 sh breed ::: 4
wait_for test -e ready
kill -TERM "$started"
expect_end_soon 143
left=$(_stragglers "$CPOOL_TEST_ID")
[ -z "$left" ] || fail "still there: $left"
