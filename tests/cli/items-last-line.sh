#! /bin/sh
# A last line without newline is an item.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

printf 'a\nb' | expect_status 0 cpool identity
expect_out a b
printf 'b' | expect_status 0 cpool echo
expect_out b
