#! /bin/sh
# A product of more rows than can be counted starts all the same where {##} is not used, and says so where it is.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

words=''
for source in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22; do
    words="$words ::: $source b c d e f g h"
done
# shellcheck disable=SC2086
cpool --dry-run echo $words 2>err | head -n 1 >out
expect_out 'echo 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22'
# shellcheck disable=SC2086
start cpool --dry-run echo '{##}' $words
wait_for gone "$started"
expect_end 125
expect_err_match '##'
