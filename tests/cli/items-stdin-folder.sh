#! /bin/sh
# Standard input that is a folder can not be read.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

mkdir folder
expect_status 125 cpool echo <folder
expect_out_empty
expect_err_match '^cpool: standard input: '
