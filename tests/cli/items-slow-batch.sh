#! /bin/sh
# A slow producer of batches: a full batch is run at once, the rest at the end.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

mkfifo in
exec 8<>in
start cpool -n 2 echo <in 8>&-
printf '1\n2\n3\n' >&8
wait_for grep -qx '1 2' out
exec 8>&-
expect_end 0
expect_out '1 2' 3
