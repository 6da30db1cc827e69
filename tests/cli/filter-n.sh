#! /bin/sh
# With -n the items of a task are one line; with several sources so are the items of a combination.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

seq 5 | expect_status 0 cpool -n 2 -j2 --filter sed 's/.*/<&>/'
expect_out '<1 2>' '<3 4>' '<5>'
expect_status 0 cpool -j2 --filter sed 's/.*/<&>/' ::: a b ::: 1 2
expect_out '<a 1>' '<a 2>' '<b 1>' '<b 2>'
seq 20001 >in
paste -d ' ' - - - <in >wanted
expect_status 0 cpool -n 3 -j2 --filter cat <in
expect_out_file wanted
