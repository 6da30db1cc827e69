#! /bin/sh
# Where SIGPIPE is ignored, lost output must be said.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

{ (trap '' PIPE; yes | cpool echo 2>err; echo "$?" >status) || :; } | head -n 1 >out
echo cpool >"$_work/command"
grep -qx 125 status || fail "ended with $(cat status)"
expect_err_match '^cpool: standard output: Broken pipe'
