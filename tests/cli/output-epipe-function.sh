#! /bin/sh
# A reader that has seen enough of an endless function run.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

{ yes 7 | cpool square; echo "$?" >status; } 2>err | head -n 3 >out
echo cpool >"$_work/command"
expect_out 49 49 49
expect_err_empty
grep -qx 141 status || fail "ended with $(cat status)"
