#! /bin/sh
# A hundred thousand tasks make a picture that is still small, and still counts each of them.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"
. "$CPOOL_SRCDIR/tests/cli/trace-lib.inc"

seq 99999 | sed '$ax' >items
expect_status 1 cpool -j2 -a items --trace=run.svg square
well_formed run.svg
[ "$(drawn run.svg)" -eq 100000 ] || fail "$(drawn run.svg) tasks are drawn"
[ "$(wc -c <run.svg)" -lt 2000000 ] || fail "it has $(wc -c <run.svg) bytes"
[ "$(in_legend run.svg)" = '99,999 success
1 failed' ] || fail "the legend: $(in_legend run.svg)"
