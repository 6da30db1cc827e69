#! /bin/sh
# Tasks of a function are traced as commands are, with the function as command.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"
. "$CPOOL_SRCDIR/tests/cli/trace-lib.inc"

expect_status 1 cpool -j2 --trace=run.json square ::: 1 2 x 4
valid_json run.json
apart run.json
[ "$(events run.json)" -eq 4 ] || fail "$(cat run.json)"
grep '"name":"x"' run.json | grep -q '"command":"square x","status":"failed","outcome":"refused by the function"' ||
    fail "$(cat run.json)"
