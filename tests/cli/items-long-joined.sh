#! /bin/sh
# Input without end is not kept without end: lines that go on in the next, or so many items that a task never has enough.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

yes 'a ' | expect_status 125 cpool -L 2 echo
expect_out_empty
expect_err_match '^cpool: -L: lines that end in a blank .* 16 MiB together; -n '
{ seq 3; yes 'a '; } | expect_status 125 cpool -L 1 echo
expect_out 1 2 3
# A command line that does not grow with its items.
yes abcdefghijklmnopqrstuvwxyz | head -n 1000000 >in
expect_status 0 cpool -n 1000000000 echo '{#}' <in
expect_out 1 2
yes | expect_status 0 cpool --halt now,done=2 -n 1000000000 echo '{#}'
expect_status 0 cpool -n 1000000000 --filter sed -u 's/.*/ok/' <in
expect_out ok ok
