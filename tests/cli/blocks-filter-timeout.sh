#! /bin/sh
# The time limit is for all that a command does.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

seq 400000 >in
expect_status 1 timeout 20 cpool -j1 --pipe --filter --timeout 0.5 --grace 0.1 --block 16M sh -c 'head -n 1; exec sleep 1000' <in
expect_out 1
expect_err_match '^cpool: block 1: timed out after 500 ms$'
