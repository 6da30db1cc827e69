#! /bin/sh
# Behind the item that -E names nothing is waited for, though the producer is still there.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

mkfifo in
exec 8<>in
start cpool -E END echo <in 8>&-
printf 'a\nEND\n' >&8
expect_end_soon 0
expect_out a
exec 8>&-
