#! /bin/sh
# A run that is ended by a signal takes daemons of earlier tasks along.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

need_subreaper
need setsid
start cpool -j1 --grace 0.2 sh -c 'if [ "$1" = 1 ]; then setsid sleep 1000 >/dev/null 2>&1 & echo $! >pid
    else : >ready; exec sleep 1000; fi' _ ::: 1 2
wait_for test -e ready
kill -TERM "$started"
expect_end 143
alive "$(cat pid)" && fail 'it is still there'
exit 0
