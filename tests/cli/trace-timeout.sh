#! /bin/sh
# What took too long is told apart from what failed.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"
. "$CPOOL_SRCDIR/tests/cli/trace-lib.inc"

expect_status 1 cpool --timeout 1.5 --trace=run.svg sleep ::: 0 1000
expect_status 1 cpool --timeout 1.5 --trace=run.json sleep ::: 0 1000
[ "$(in_legend run.svg)" = '1 success
1 timed out' ] || fail "the legend: $(in_legend run.svg)"
grep '"name":"1000"' run.json | grep -q '"status":"timed out","outcome":"timed out after 1.5 s"' || fail "$(cat run.json)"
