#! /bin/sh
# A reader that has seen enough: cpool ends by SIGPIPE without a word, as any filter does.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

{ yes | cpool echo; echo "$?" >status; } 2>err | head -n 3 >out
echo cpool >"$_work/command"
expect_out y y y
expect_err_empty
grep -qx 141 status || fail "ended with $(cat status)"
