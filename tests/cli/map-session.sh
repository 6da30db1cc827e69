#! /bin/sh
# A task leads a session of its own, without a terminal.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

need ps
expect_status 0 cpool sh -c 'ps -o sid= -p $$ | tr -d " " >sid; echo $$ >pid; cmp sid pid' ::: x
expect_err_empty
