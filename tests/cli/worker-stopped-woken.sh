#! /bin/sh
# A worker that is stopped between its waking up and its claim takes the wake-up with it: another one gets a new one, though no more
# items come, and nobody continues the stopped one.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"
. "$CPOOL_SRCDIR/tests/cli/woken-lib.inc"

hold_woken
kill -STOP "$woken"
let_go
wait_for test -e runs.c
is "$woken" T || fail 'the one that was woken is not stopped'
kill -CONT "$woken"
exec 8>&-
expect_end 0
