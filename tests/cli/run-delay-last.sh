#! /bin/sh
# --delay is between two starts: behind the last one nothing is waited for.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

start cpool --delay 1000 echo ::: a
expect_end_soon 0
expect_out a
echo a >in
start cpool --delay 1000 echo <in
expect_end_soon 0
expect_out a
