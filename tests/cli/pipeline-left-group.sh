#! /bin/sh
# What a later program has left behind in the background goes with the ladder, without a subreaper, too.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

expect_status 1 timeout 20 cpool --timeout 1 --grace 0.2 sleep '|' sh -c 'trap "" TERM; sleep 1000 & echo $! >pid; trap - TERM; wait' ::: 1000
expect_err_match 'timed out'
wait_for gone "$(cat pid)"
