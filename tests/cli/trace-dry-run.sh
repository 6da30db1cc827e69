#! /bin/sh
# --dry-run runs nothing, so that there is nothing to draw: what FILE holds stays.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

echo before >run.svg
expect_status 0 cpool --dry-run --trace=run.svg echo ::: 1
expect_out 'echo 1'
[ "$(cat run.svg)" = before ] || fail 'the file was overwritten'
