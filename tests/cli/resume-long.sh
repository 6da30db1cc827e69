#! /bin/sh
# A command too long for the log is cut there, and known all the same: also from one that differs behind the cut.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"
long=$(printf '%0100000d' 0)
printf '%s\n' "${long}1" "${long}2" >list
expect_status 0 cpool -a list --joblog log sh -c 'echo ${#1}' sh
expect_out 100001 100001
[ "$(wc -c <log)" -lt 140000 ] || fail 'it is all in the log'
printf '%s\n' "${long}3" "${long}2" "${long}1" >list
expect_status 0 cpool -a list --joblog log --resume sh -c 'echo "$1" | tail -c 2' sh
expect_out 3 2 1
cp log other
expect_status 0 cpool -a list --joblog other --resume sh -c 'echo ${#1}' sh
expect_out 100001
