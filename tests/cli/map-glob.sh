#! /bin/sh
# An item is not expanded as a pattern.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

: >there
expect_status 0 cpool echo ::: '*' '~root' '{a,b}'
expect_out '*' '~root' '{a,b}'
