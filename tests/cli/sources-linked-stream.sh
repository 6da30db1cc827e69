#! /bin/sh
# A linked source may be endless.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

yes | expect_status 0 cpool echo ::: a b c ::::+ -
expect_out 'a y' 'b y' 'c y'
yes | expect_status 0 cpool echo :::: - :::+ a b c
expect_out 'y a' 'y b' 'y c'
yes | cpool echo '{2}' :::: - ::: a b :::+ c d 2>err | head -n 3 >out
expect_out a b a
