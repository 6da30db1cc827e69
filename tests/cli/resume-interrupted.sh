#! /bin/sh
# A run that a signal has ended is gone on with: over both runs each item is done exactly once, the ones that were cut off
# in the second.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"
seq 1 60 >list
cat >task <<'END'
[ -e go ] || [ "$1" -lt 21 ] || exec sleep 1000
echo "$1"
END
start cpool -j4 -a list --joblog log sh task
logged () { [ "$(wc -l <log)" -ge 21 ]; }
wait_for logged
kill -TERM "$started"
expect_end_soon 143
cp out first
[ "$(wc -l <log)" -eq 21 ] || fail "$(cat log)"
: >go
sort -r list >other
expect_status 0 cpool -j4 -a other --joblog log --resume sh task
sort -n first out | cmp - list || fail 'not each item was done once'
[ "$(wc -l <log)" -eq 61 ] || fail "$(cat log)"
