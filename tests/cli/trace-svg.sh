#! /bin/sh
# --trace FILE.svg draws each task once, in the colour of how it went, and says what was run.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"
. "$CPOOL_SRCDIR/tests/cli/trace-lib.inc"

expect_status 1 cpool -j2 --trace=run.svg sh -c 'echo "$1"; [ "$1" != 3 ]' _ ::: 1 2 3 4
expect_out 1 2 3 4
well_formed run.svg
[ "$(drawn run.svg)" -eq 4 ] || fail "$(drawn run.svg) tasks are drawn"
[ "$(in_legend run.svg)" = '3 success
1 failed' ] || fail "the legend: $(in_legend run.svg)"
grep -q '^<text class="h".*sh -c &#39;echo &quot;$1&quot;; \[ &quot;$1&quot; != 3 \]&#39; _</text>' run.svg || fail 'no heading'
grep -A 2 '<title>3$' run.svg | grep -q '^exit status 1$' || fail 'not told how task 3 ended'
