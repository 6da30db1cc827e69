#! /bin/sh
# Two runs that append to one log need not wait for each other; nor does one that was to empty it, which then only appends.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

mkfifo gate
start cpool --joblog log sh -c ': >running; read -r _ <gate; echo first' ::: a
wait_for test -e running
expect_status 0 cpool --joblog=+log echo ::: b
expect_err_empty
expect_status 0 cpool --joblog log echo ::: c
expect_err_match "^cpool: warning: --joblog: log: another run is writing to it: what stands in it stays"
echo >gate
wait_for gone "$started"
wait "$started" || fail 'the first has failed'
[ "$(grep -c '^1	' log)" -eq 3 ] || fail "$(cat log)"
[ "$(grep -c '^Seq' log)" -eq 1 ] || fail "$(cat log)"
# Alone again, it is emptied.
expect_status 0 cpool --joblog log echo ::: d
[ "$(wc -l <log)" -eq 2 ] || fail "$(cat log)"
