#! /bin/sh
# A worker that is killed while a command runs: its item is reported, the others go on.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

expect_status 1 cpool -j2 sh -c '[ "$1" != 3 ] || { kill -KILL $PPID; exit; }; echo "$1"' _ ::: 1 2 3 4 5 6
expect_out 1 2 4 5 6
expect_err_match '^cpool: item 3 .3.: lost: its worker was ended by SIGKILL'
