#! /bin/sh
# While the header is waited for INT and TERM end cpool.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

mkfifo in
exec 8<>in
for status in 130 143; do
    start cpool --pipe --header : cat <in 8>&-
    printf 'half a line' >&8
    kill -"$((status - 128))" "$started"
    expect_end_soon "$status"
done
