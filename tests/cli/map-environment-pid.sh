#! /bin/sh
# CPOOL_PID is the process of cpool.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

start cpool sh -c 'echo "$CPOOL_PID"' ::: a
expect_end 0
expect_out "$started"
