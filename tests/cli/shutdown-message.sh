#! /bin/sh
# What a signal has cost is said: how many tasks had ended, and that output is partial; and partial output is there.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

start cpool -j1 --grace 0.2 sh -c 'echo "$1 out"; echo "$1 err" >&2; [ "$1" != 3 ] || { printf partial; : >ready; exec sleep 1000; }' _ ::: 1 2 3 4
wait_for test -e ready
kill -INT "$started"
expect_end_soon 130
printf '%s\n' '1 out' '2 out' '3 out' >wanted
printf partial >>wanted
expect_out_file wanted
expect_err_match '^3 err$'
expect_err_match '^cpool: ended by SIGINT: 2 tasks had ended; of those that were running, output is partial$'
! grep -q '^4' out err || fail 'another task was begun'
