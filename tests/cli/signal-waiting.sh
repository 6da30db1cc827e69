#! /bin/sh
# A signal ends cpool while it waits for input.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

mkfifo in
exec 8<>in
start cpool -j2 echo <in 8>&-
echo 1 >&8
wait_for grep -qx 1 out
kill -TERM "$started"
expect_end 143
expect_out 1
