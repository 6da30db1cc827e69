#! /bin/sh
# A reader that leaves ends the run by SIGPIPE; a full disk is noticed.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

{ yes | cpool -j2 --pipe --filter cat; echo "$?" >status; } 2>err | head -n 3 >out
echo cpool >"$_work/command"
expect_out y y y
expect_err_empty
grep -qx 141 status || fail "ended with $(cat status)"
[ -c /dev/full ] || skip 'no /dev/full'
yes | expect_status 125 timeout 20 sh -c 'cpool -j2 --pipe --filter cat >/dev/full'
expect_err_match '^cpool: standard output: No space left on device'
