#! /bin/sh
# Where cpool differs from xargs on purpose, the manual says so, and both are as it says.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"
. "$CPOOL_SRCDIR/tests/cli/parallel-lib.inc"

need_xargs
table_holds 'COMING FROM XARGS' xargs 15
