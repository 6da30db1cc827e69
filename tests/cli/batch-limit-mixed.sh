#! /bin/sh
# Items of all lengths, empty ones among them.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"
. "$CPOOL_SRCDIR/tests/cli/batch-lib.inc"

small_stack 1024
awk 'BEGIN { srand(5); for (i = 0; i < 3000; i++) { n = int(rand() * rand() * rand() * 4000); s = i % 5 ? "i" i : ""
    while (length(s) < n) s = s "abcdefghijklmnopqrstuvwxyz"; print s } }' >mixed
try_limit mixed
