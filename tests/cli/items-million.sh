#! /bin/sh
# The example of the README: a million numbers through a function.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

seq 1000000 | cpool square >all || fail "ended with $?"
[ "$(tail -n 1 all)" = 1000000000000 ] || fail "the last line is $(tail -n 1 all)"
[ "$(wc -l <all)" -eq 1000000 ] || fail "$(wc -l <all) lines"
