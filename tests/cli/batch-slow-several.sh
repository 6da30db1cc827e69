#! /bin/sh
# -n1 and several sources, from a slow producer: each line is run at once.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

mkfifo in
exec 8<>in
start cpool -n1 -j2 echo :::: - ::: x <in 8>&-
for item in 1 2 3; do
    echo "$item" >&8
    wait_for grep -qx "$item x" out
done
exec 8>&-
expect_end 0
