#! /bin/sh
# Where the command holds no replacement string the item is a last word, also if --env holds one; but a folder that the
# item names has taken it in.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

mkdir a
expect_status 0 cpool --wd . echo ::: a
expect_out a
expect_status 0 cpool --env 'V={}' echo ::: a
expect_out a
expect_status 0 cpool --wd '{}' echo ::: a
expect_out ''
expect_status 0 cpool --wd '{}' echo '{/}' ::: a
expect_out a
mkdir d1
expect_status 0 cpool --wd 'd{#}' echo ::: a
expect_out a
