#! /bin/sh
# A task that cleans up on TERM has the grace time for it, and what it says then is written.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

start cpool sh -c 'trap "echo cleaned; exit 0" TERM; : >ready; while :; do sleep 0.01; done' ::: x
wait_for test -e ready
kill -TERM "$started"
expect_end 143
expect_out cleaned
