#! /bin/sh
# --csv line by line from a slow producer; within quotes it waits for the rest.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

mkfifo in
exec 8<>in
start cpool --csv echo '{2}+{1}' <in 8>&-
echo 'a,b' >&8
wait_for grep -qx 'b+a' out
printf '"c\n' >&8
printf 'd",e\n' >&8
wait_for grep -qx 'e+c' out
exec 8>&-
expect_end 0
expect_out b+a e+c d
