#! /bin/sh
# Slow input is worked on line by line with functions as well.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

mkfifo in
exec 8<>in
start cpool -j2 square <in 8>&-
for item in 1 2 3; do
    echo "$item" >&8
    wait_for grep -qx "$((item * item))" out
done
exec 8>&-
expect_end 0
expect_out 1 4 9
