#! /bin/sh
# Each try of a task has its place.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"
. "$CPOOL_SRCDIR/tests/cli/trace-lib.inc"

expect_status 1 cpool -j2 --retries 3 --trace=run.svg sh -c '[ "$1" != 2 ]' _ ::: 1 2 3
expect_status 1 cpool -j2 --retries 3 --trace=run.json sh -c '[ "$1" != 2 ]' _ ::: 1 2 3
well_formed run.svg
[ "$(drawn run.svg)" -eq 5 ] || fail "$(drawn run.svg) tries are drawn"
[ "$(in_legend run.svg)" = '2 success
2 retried
1 failed' ] || fail "the legend: $(in_legend run.svg)"
valid_json run.json
apart run.json
grep '"name":"2"' run.json | sed 's/.*"cat":"\([a-z]*\)".*"try":\([0-9]*\),.*/\1 \2/' >tries
printf '%s\n' 'retried 1' 'retried 2' 'failed 3' | cmp -s - tries || fail "$(cat tries)"
