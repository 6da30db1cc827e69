#! /bin/sh
# A signal ends workers that compute, sleep or wait.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

need pgrep
start cpool -j3 nap 1000 1000
wait_for pgrep -P "$started"
kill -TERM "$started"
expect_end 143
start cpool -j2 fib 90 90
wait_for pgrep -P "$started"
kill -INT "$started"
expect_end 130
