#! /bin/sh
# cpool ends by the first signal that ended it.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

start cpool --grace 1000 sh -c 'trap ": >told" TERM; : >ready; while :; do sleep 0.01; done' ::: x
wait_for test -e ready
kill -HUP "$started"
wait_for test -e told
kill -INT "$started"
expect_end 129
