#! /bin/sh
# When the reader is gone the tasks that run are ended as soon as something is to be written.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

mkfifo pipe
{ sh -c 'trap "" TERM; head -n 1 <pipe >first; echo >closed' & }
start sh -c 'exec cpool -j3 --grace 0.2 sh -c "
    [ \$1 = a ] && echo a
    [ \$1 = b ] && until [ -e closed ]; do sleep 0.01; done && echo b
    [ \$1 = c ] && exec sleep 1000; exit 0" _ ::: a b c >pipe'
expect_end 141
expect_err_empty
wait
