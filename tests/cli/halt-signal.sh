#! /bin/sh
# The task that caused it was ended by a signal: 128 + its number, as in GNU parallel; and a timeout counts as failure.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

expect_status 137 cpool -j1 --halt now,fail=1 sh -c 'kill -KILL $$' ::: a b
expect_status 143 cpool -j1 --halt soon,fail=1 sh -c 'kill -TERM $$' ::: a b
expect_status 143 timeout 20 cpool -j1 --halt now,fail=1 --timeout 0.2 sh -c 'sleep 1000' ::: a b
