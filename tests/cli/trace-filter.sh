#! /bin/sh
# Each item of a filter has its place, and none lies over another, however fast the answers come.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"
. "$CPOOL_SRCDIR/tests/cli/trace-lib.inc"

seq 2000 >numbers
expect_status 0 cpool -j2 -a numbers --filter --trace=run.json sed -u s/1/x/
valid_json run.json
apart run.json
[ "$(events run.json)" -eq 2000 ] || fail "$(events run.json) events"
expect_status 0 cpool -j2 -a numbers --filter --trace=run.svg sed -u s/1/x/
well_formed run.svg
[ "$(drawn run.svg)" -eq 2000 ] || fail "$(drawn run.svg) tasks are drawn"
