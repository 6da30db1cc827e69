#! /bin/sh
# A list that was sorted, edited and extended in between: what was done is not done again, and nothing is left out.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"
printf '%s\n' one two three 'four five' "it's" >list
expect_status 0 cpool -a list --joblog log echo
printf '%s\n' six "it's" 'four five' TWO three one seven >list
expect_status 0 cpool -a list --joblog log --resume echo
expect_out six TWO seven
expect_status 0 cpool -a list --joblog log --resume echo
expect_out_empty
expect_err_empty
[ "$(sed 1d log | cut -f 9 | sort -u | wc -l)" -eq 8 ] || fail "$(cat log)"
[ "$(wc -l <log)" -eq 9 ] || fail "$(cat log)"
# Another command is another task.
expect_status 0 cpool -a list --joblog log --resume printf '%s\n'
expect_out_file list
