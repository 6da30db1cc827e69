#! /bin/sh
# --link of a long list with a short one: all rows come, to the last.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

count=1000000
seq "$count" >long
expect_status 0 cpool -j2 --link -n 1000 printf '%s %s\n' :::: long ::: a b
awk '{ print $1, NR % 2 ? "a" : "b" }' long >wanted
expect_out_file wanted
