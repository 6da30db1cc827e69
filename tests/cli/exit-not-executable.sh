#! /bin/sh
# A file that can not be executed, or a folder: 126, and why.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

echo 'echo hello' >script
expect_status 126 cpool ./script ::: a
expect_err_match '^cpool: [.]/script: .*Permission denied'
mkdir folder
expect_status 126 cpool ./folder ::: a
expect_out_empty
