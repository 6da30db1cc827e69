#! /bin/sh
# What a task leaves behind on purpose has no lock: nobody waits for it.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

expect_status 0 cpool --joblog log --resume --results kept sh -c 'sleep 1000 >/dev/null 2>&1 & echo $! >left' ::: a
start cpool --joblog log --resume --results kept echo ::: b
expect_end_soon 0
expect_err_empty
kill "$(cat left)" || fail 'it should have been left alone'
