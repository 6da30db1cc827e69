#! /bin/sh
# Slow input is worked on line by line: nobody waits for a block to fill.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

mkfifo in
exec 8<>in
start cpool -j2 echo got <in 8>&-
for item in 1 2 3; do
    echo "$item" >&8
    wait_for grep -q "got $item" out
done
exec 8>&-
expect_end 0
expect_out 'got 1' 'got 2' 'got 3'
