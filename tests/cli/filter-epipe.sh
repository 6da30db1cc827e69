#! /bin/sh
# A reader that has seen enough: cpool ends by SIGPIPE without a word, and its filters go.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

{ yes | cpool -j2 --filter sed s/y/z/; echo "$?" >status; } 2>err | head -n 3 >out
echo cpool >"$_work/command"
expect_out z z z
expect_err_empty
grep -qx 141 status || fail "ended with $(cat status)"
