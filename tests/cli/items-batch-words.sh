#! /bin/sh
# -n N with items behind :::, empty ones among them.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

expect_status 0 cpool -n 2 printf '<%s>\n' ::: a '' '' b c
expect_out '<a>' '<>' '<>' '<b>' '<c>'
expect_status 0 cpool -n 2 sh -c 'echo "$#"' _ ::: a '' '' b c
expect_out 2 2 1
