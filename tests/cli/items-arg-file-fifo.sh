#! /bin/sh
# -a may name a fifo.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

mkfifo list
seq 3 >list &
expect_status 0 cpool -a list square
expect_out 1 4 9
wait
