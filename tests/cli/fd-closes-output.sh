#! /bin/sh
# A task that closes its output and goes on is waited for.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

expect_status 1 cpool sh -c 'echo before; exec >&- 2>&-; sleep 0.1; : >after; exit 3' ::: x
expect_out before
[ -e after ] || fail 'it was not waited for'
expect_err_match 'exit status 3$'
