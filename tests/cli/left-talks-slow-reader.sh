#! /bin/sh
# The end of listening to what a task has left behind cuts off nothing that had been written before: here cpool is stopped until long
# after it, and the end of the task's output is still in a pipe.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

cat >task <<'END_OF_TASK'
kill -STOP "$CPOOL_PID"
(sleep 2; kill -CONT "$CPOOL_PID"; exec sleep 1000) &
echo $! >pid
yes aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa | head -c "$1"
echo marked
END_OF_TASK

# As much as the pipes between them hold, and not more, so that the task ends.
keeps () { # BYTES OPTION...
    bytes=$1
    shift
    expect_status 0 timeout 60 cpool -j1 "$@" sh task ::: "$bytes"
    kill "$(cat pid)"
    [ "$(sed "s/^.*	//" out | wc -c)" -eq $((bytes + 7)) ] || fail "$* $bytes: not all has come"
}

keeps 960000
keeps 180000 --tag
keeps 220000 --tag
