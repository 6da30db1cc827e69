#! /bin/sh
# A slow last source: the first round goes line by line, and the next rounds know it.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

mkfifo in
exec 8<>in
start cpool -j2 echo ::: a b :::: in 8>&-
for item in 1 2 3; do
    echo "$item" >&8
    wait_for grep -qx "a $item" out
done
! grep -q b out || fail 'the second round came before the end of the first'
exec 8>&-
expect_end 0
expect_out 'a 1' 'a 2' 'a 3' 'b 1' 'b 2' 'b 3'
