#! /bin/sh
# -n N with input that comes in small pieces: a task still gets its N items.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

for i in 1 2 3 4 5 6 7; do echo "$i"; done | expect_status 0 cpool -n 3 echo
expect_out '1 2 3' '4 5 6' 7
