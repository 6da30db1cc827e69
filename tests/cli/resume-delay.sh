#! /bin/sh
# --delay is between starts: tasks that are left out take no part in it.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"
seq 1 200 >list
expect_status 0 cpool -a list --joblog log echo
echo 201 >>list
start cpool -a list --joblog log --resume --delay 20 echo
expect_end_soon 0
expect_out 201
