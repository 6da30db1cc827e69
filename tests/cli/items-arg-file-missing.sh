#! /bin/sh
# -a with a file that is not there: said before anything is run.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

expect_status 125 cpool -a nowhere touch ran
expect_out_empty
expect_err_match '^cpool: nowhere: .*No such file'
[ ! -e ran ] || fail 'a task was run'
