#! /bin/sh
# Any bytes go through a product as they came.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

printf 'a b\0\nc\0"d\047\0\377\374\0\\e $x\0\0-n\0' >in
expect_status 0 cpool -0 printf '%s\n%s\0' :::: in ::: 1
tr '\0' '\001' <in | sed 's/\x01/\n1\x01/g' | tr '\001' '\0' >wanted
expect_out_file wanted
