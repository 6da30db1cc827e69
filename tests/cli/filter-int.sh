#! /bin/sh
# A signal while a filter waits for input that does not come: it goes, what was answered stays.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

mkfifo in
exec 8<>in
start cpool -j2 --filter sed -u 's/^/x/' <in 8>&-
seq 5 >&8
wait_for grep -qx x5 out
kill -INT "$started"
expect_end_soon 130
expect_out x1 x2 x3 x4 x5
