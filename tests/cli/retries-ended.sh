#! /bin/sh
# While a task waits for its next try, TERM ends the run at once.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

start cpool -j1 --retries 5 --retry-delay 1000 sh -c 'echo "$1"; : >ran; exit 1' _ ::: a
wait_for test -e ran
kill -TERM "$started"
expect_end_soon 143
