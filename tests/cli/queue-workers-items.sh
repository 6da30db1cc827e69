#! /bin/sh
# There are never more workers than items.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

need pgrep
start cpool -j8 nap 1000 1000
both () { [ "$(pgrep -c -P "$started")" -eq 2 ]; }
wait_for both
kill -TERM "$started"
expect_end 143
seq 3 | expect_status 0 cpool -j50 pid
[ "$(sort -u out | wc -l)" -le 3 ] || fail "$(sort -u out | wc -l) workers"
