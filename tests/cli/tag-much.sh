#! /bin/sh
# Much output with tags comes whole, in order, with its tags.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

seq 300000 >numbers
expect_status 0 cpool -j2 --tag cat ::: numbers numbers
awk '{ print "numbers\t" $0 }' numbers >once
cat once once >wanted
expect_out_file wanted
