#! /bin/sh
# A slow first source of a product: each of its lines is run with all of the others at once.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

mkfifo in
exec 8<>in
start cpool -j2 echo :::: in ::: a b 8>&-
for item in 1 2 3; do
    echo "$item" >&8
    wait_for grep -qx "$item b" out
done
exec 8>&-
expect_end 0
expect_out '1 a' '1 b' '2 a' '2 b' '3 a' '3 b'
