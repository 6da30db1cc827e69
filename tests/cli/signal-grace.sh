#! /bin/sh
# A task that cleans up on TERM has the grace time for it, and what it says then is written. Ten times: what
# was said just before the end of the process was once left in its pipe.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

for _ in 1 2 3 4 5 6 7 8 9 10; do
    rm -f ready
    start cpool sh -c 'trap "echo cleaned; exit 0" TERM; : >ready; while :; do sleep 0.01; done' ::: x
    wait_for test -e ready
    kill -TERM "$started"
    expect_end 143
    expect_out cleaned
done
