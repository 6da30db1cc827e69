#! /bin/sh
# The header of a slow producer is waited for, the lines behind it are run as they come.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

mkfifo in
exec 8<>in
start cpool --header : -C , echo '{b}{a}' <in 8>&-
printf 'a,' >&8
printf 'b\n' >&8
echo 1,2 >&8
wait_for grep -qx 21 out
echo 3,4 >&8
wait_for grep -qx 43 out
exec 8>&-
expect_end 0
