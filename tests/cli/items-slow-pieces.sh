#! /bin/sh
# A line that comes in pieces is one item.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

mkfifo in
exec 8<>in
start cpool -j2 identity <in 8>&-
printf 'first\nse' >&8
wait_for grep -qx first out
printf 'con' >&8
printf 'd\n' >&8
wait_for grep -q second out
exec 8>&-
expect_end 0
expect_out first second
