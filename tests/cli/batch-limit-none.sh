#! /bin/sh
# -X fills command lines up to the real limit of exec, with a stack without a limit: short items, and long ones.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"
. "$CPOOL_SRCDIR/tests/cli/batch-lib.inc"

any_stack
seq 500000 >short
try_limit short
long=$(head -c 10000 /dev/zero | tr '\0' x)
for item in 1 22 333 4444 55555 666666; do
    yes "$item$long" | head -n 100
done >long-items
try_limit long-items
