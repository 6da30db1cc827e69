#! /bin/sh
# Input without end is not kept without end: lines that go on in the next, or so many items that a task never has enough.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

word=$(head -c 1000 /dev/zero | tr '\0' a)
yes "$word " | expect_status 125 cpool -L 2 echo
expect_out_empty
expect_err_match '^cpool: -L: lines that end in a blank .* 16 MiB together; -n '
{ seq 3; yes "$word "; } | expect_status 125 cpool -L 1 echo
expect_out 1 2 3
# A command line that does not grow with its items.
yes "$word" | head -c 27000000 >in
expect_status 0 cpool -n 1000000000 echo '{#}' <in
expect_out 1 2
yes "$word" | expect_status 0 cpool --halt now,done=2 -n 1000000000 echo '{#}'
# (sed -u would read it byte by byte.)
expect_status 0 cpool -n 1000000000 --filter grep --line-buffered -o '^a' <in
expect_out a a
