#! /bin/sh
# After a failure the other tasks go on.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

expect_status 2 cpool -j1 sh -c 'echo "$1"; [ "$1" = c ]' _ ::: a b c
expect_out a b c
