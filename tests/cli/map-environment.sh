#! /bin/sh
# A task knows its number, its slot and cpool, also by the names that scripts for GNU parallel use.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

expect_status 0 cpool -j1 sh -c 'echo "$CPOOL_SEQ $CPOOL_SLOT $PARALLEL_SEQ $PARALLEL_JOBSLOT"' ::: a b c
expect_out '1 1 1 1' '2 1 2 1' '3 1 3 1'
expect_err_empty
