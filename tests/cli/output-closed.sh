#! /bin/sh
# Without standard output the output is lost, and that is an error; where there is none it is not.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

expect_status 125 sh -c 'cpool echo ::: a >&-'
expect_err_match '^cpool: standard output: '
expect_status 0 sh -c 'cpool true ::: a >&-'
expect_err_empty
