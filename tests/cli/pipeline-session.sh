#! /bin/sh
# All programs of a task are in one group, and session.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

linux_extras || skip 'elsewhere each has its own'
need ps
expect_status 0 cpool sh -c 'ps -o sid=,pgid= -p $$' '|' sh -c 'cat; ps -o sid=,pgid= -p $$' '|' sh -c 'cat; ps -o sid=,pgid= -p $$' ::: x
[ "$(sort out | uniq -c | wc -l)" -eq 1 ] || fail "$(cat out)"
