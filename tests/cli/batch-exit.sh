#! /bin/sh
# -x: the run ends where what a task is to get does not fit; what came before is run.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

expect_status 125 cpool -j1 -X -x -s8 echo ::: a bbbbbb c
expect_out a
expect_err_match '^cpool: -x: an item does not fit a command line of the length that -s allows'
expect_status 125 cpool -j1 -n3 -x -s9 touch ::: a b c
expect_out_empty
expect_err_match '^cpool: -x: what a task is to get does not fit'
for file in a b c; do
    [ ! -e "$file" ] || fail 'it was run'
done
expect_status 0 cpool -j1 -n3 -x -s100 echo ::: a b c d
expect_out 'a b c' d
