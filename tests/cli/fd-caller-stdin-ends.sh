#! /bin/sh
# The producer of the items gets SIGPIPE when cpool is gone: no worker keeps the pipe.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

{ yes; echo "$?" >status; } | cpool -j2 sh -c 'kill -TERM "$CPOOL_PID"; sleep 1000' 2>/dev/null
wait_for test -s status
grep -qx 141 status || fail "the producer ended with $(cat status)"
