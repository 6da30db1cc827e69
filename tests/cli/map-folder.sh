#! /bin/sh
# Tasks run in the folder that cpool was started in.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

expect_status 0 cpool sh -c 'pwd -P' ::: x
expect_out "$(pwd -P)"
