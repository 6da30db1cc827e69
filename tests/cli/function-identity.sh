#! /bin/sh
# identity answers the item and a newline.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

expect_status 0 cpool identity 'a b' ''
expect_out 'a b' ''
