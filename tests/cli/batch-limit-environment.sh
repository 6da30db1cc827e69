#! /bin/sh
# A large environment leaves less for the arguments, and -X knows how much.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"
. "$CPOOL_SRCDIR/tests/cli/batch-lib.inc"

small_stack 8192
LARGE=$(head -c 100000 /dev/zero | tr '\0' x)
export LARGE
for number in $(seq 2000); do
    export "VARIABLE_$number=$number"
done
seq 300000 >short
try_limit short
try_limit short --env 'MORE=abc' --env "LARGE=y$LARGE"
