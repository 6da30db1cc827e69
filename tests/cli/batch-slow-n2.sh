#! /bin/sh
# -n 2 of a product, from a slow producer: a full batch is run at once.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

mkfifo in
exec 8<>in
start cpool -n2 -j2 echo :::: - ::: x y <in 8>&-
for item in 1 2 3; do
    echo "$item" >&8
    wait_for grep -qx "$item x $item y" out
done
exec 8>&-
expect_end 0
