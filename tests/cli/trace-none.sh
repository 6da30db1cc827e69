#! /bin/sh
# A run without items has a trace, too.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"
. "$CPOOL_SRCDIR/tests/cli/trace-lib.inc"

expect_status 0 cpool --trace=run.svg true
expect_status 0 cpool --trace=run.json true
well_formed run.svg
valid_json run.json
[ "$(drawn run.svg)" -eq 0 ] || fail 'something is drawn'
[ "$(events run.json)" -eq 0 ] || fail "$(cat run.json)"
