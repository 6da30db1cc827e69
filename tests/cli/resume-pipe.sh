#! /bin/sh
# Blocks of --pipe are known by what they hold, whether they come from a file or a stream, and wherever they stand.
# A pipe is another way in than a file.
# shellcheck disable=SC2002
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"
seq 1 10 >list
expect_status 0 cpool --pipe -n 2 -a list --joblog log cat
expect_out_file list
{ echo 11; echo 12; cat list; } >longer
expect_status 0 cpool --pipe -n 2 -a longer --joblog log --resume cat
expect_out 11 12
sed 's/^5$/five/' list >edited
cat edited | expect_status 0 cpool --pipe -n 2 --joblog log --resume cat
expect_out five 6
# The same block for another command, or behind another header, is another task.
expect_status 0 cpool --pipe -n 2 -a list --joblog log --resume wc -l
expect_out 2 2 2 2 2
{ echo name; cat list; } >named
expect_status 0 cpool --pipe -n 2 --header : -a named --joblog log --resume wc -l
expect_out 3 3 3 3 3
[ "$(sed 1d log | cut -f 5 | tail -n 5 | sort -u | tr '\n' ' ')" = '10 9 ' ] || fail "$(cat log)"
