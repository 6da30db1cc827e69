#! /bin/sh
# Two slow sources: whichever is waited for is the one that is read.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

mkfifo left right
exec 8<>left 9<>right
start cpool -j2 echo :::: left ::::+ right 8>&- 9>&-
echo 1 >&8
echo a >&9
wait_for grep -qx '1 a' out
echo b >&9
echo 2 >&8
wait_for grep -qx '2 b' out
exec 8>&- 9>&-
expect_end 0
expect_out '1 a' '2 b'
