#! /bin/sh
# -a with a folder is a mistake, and the message says what is meant instead.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

mkdir folder
expect_status 125 cpool -a folder touch ran
expect_err_match '^cpool: folder: .*find folder'
