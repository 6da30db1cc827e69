#! /bin/sh
# Functions are logged and gone on with as commands are.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"
seq 1 2000 >list
expect_status 0 cpool -a list --joblog log square
awk '{ print } $1 % 500 == 0 { print $1 + 10000 }' list | sort -n -r >other
expect_status 0 cpool -a other --joblog log --resume --dry-run square
expect_out 'square 12000' 'square 11500' 'square 11000' 'square 10500'
expect_status 1 cpool --joblog log --resume square ::: 3 x 2001
expect_out 4004001
expect_status 0 cpool --joblog log --resume square ::: x 3
expect_err_empty
expect_status 1 cpool --joblog log --resume-failed square ::: x 3
expect_out_empty
