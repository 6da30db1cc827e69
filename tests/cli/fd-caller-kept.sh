#! /bin/sh
# A descriptor that the caller opened on purpose reaches the tasks.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

echo 'through seven' >file
exec 7<file
expect_status 0 cpool sh -c 'cat <&7' ::: x
expect_out 'through seven'
