#! /bin/sh
# --summary: a time limit, a program that is not there and a lost worker are told apart; many ways of failing fit a line.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

expect_status 2 cpool -j2 --summary --timeout 1.5 --grace 1000 sleep ::: 1000 0 1000
expect_err_match '^  tasks       1 succeeded, 2 failed$'
expect_err_match '^  failed      2 timed out$'
expect_status 1 cpool --summary -j1 {} ::: ./nothing
expect_err_match '^  failed      1 could not be started$'
expect_status 1 cpool -j1 --summary sh -c 'kill -KILL $PPID; exec sleep 1' ::: a
expect_err_match '^  failed      1 lost with their worker$'
expect_status 20 cpool -j2 --summary 'exit {}' ::: 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20
expect_err_match '1 exit status [0-9]*, 15 otherwise$'
