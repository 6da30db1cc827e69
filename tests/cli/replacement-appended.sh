#! /bin/sh
# Where the command holds no replacement string the item is a last word, also if --env or --wd hold one.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

mkdir a
expect_status 0 cpool --wd . echo ::: a
expect_out a
expect_status 0 cpool --env 'V={}' echo ::: a
expect_out a
expect_status 0 cpool --wd '{}' echo ::: a
expect_out a
