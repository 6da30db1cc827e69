#! /bin/sh
# A worker that is killed between its waking up and its claim takes the wake-up with it: another one gets a new one, though no more
# items come. Once the item lay there until the next one came.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"
. "$CPOOL_SRCDIR/tests/cli/woken-lib.inc"

hold_woken
kill -KILL "$woken"
let_go
wait_for test -e runs.c
exec 8>&-
expect_end 0
