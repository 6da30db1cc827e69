#! /bin/sh
# Where cpool differs from GNU parallel on purpose, the manual says so, and both are as it says.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"
. "$CPOOL_SRCDIR/tests/cli/parallel-lib.inc"

! thorough || need_parallel
table_holds 'COMING FROM GNU PARALLEL' parallel 25
