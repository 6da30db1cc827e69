#! /bin/sh
# --interleave: where items are slow to come, a free place waits for its task, so that the order does not depend on it.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

mkfifo items
start cpool -j2 --interleave 'seq {} {}2; : >ended.{}' <>items
exec 4>items
echo 1 >&4
wait_for test -e ended.1
echo 11 >&4
exec 4>&-
wait_for test -e ended.11
kill -TERM "$started"
expect_end 143
[ "$(sed -n 1,3p out | tr '\n' ' ')" = '1 11 2 ' ] || fail "$(cat out)"
