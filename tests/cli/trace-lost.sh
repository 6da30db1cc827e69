#! /bin/sh
# A task that was lost with its worker is told apart, too.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"
. "$CPOOL_SRCDIR/tests/cli/trace-lib.inc"

expect_status 1 cpool -j2 --trace=run.svg sh -c '[ "$1" != 2 ] || kill -9 "$PPID"' _ ::: 1 2 3 4
expect_status 1 cpool -j2 --trace=run.json sh -c '[ "$1" != 2 ] || kill -9 "$PPID"' _ ::: 1 2 3 4
well_formed run.svg
[ "$(in_legend run.svg)" = '3 success
1 lost' ] || fail "the legend: $(in_legend run.svg)"
[ "$(drawn run.svg)" -eq 4 ] || fail "$(drawn run.svg) tasks are drawn"
valid_json run.json
apart run.json
grep '"name":"2"' run.json | grep -q '"status":"lost","outcome":"its worker died"' || fail "$(cat run.json)"
