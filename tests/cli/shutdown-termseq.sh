#! /bin/sh
# --termseq is the whole ladder, in its order; where KILL is not the last, it is added.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

start cpool --termseq USR1,100,INT,100,TERM,100 sh -c 'for signal in USR1 INT TERM; do trap "echo $signal" $signal; done
    echo $$ >pid; while :; do sleep 0.01; done' ::: x
wait_for test -s pid
kill -HUP "$started"
expect_end_soon 129
expect_out USR1 INT TERM
gone "$(cat pid)" || fail 'the task is still there'

# A task stopped by itself hears it as well.
start cpool --termseq TERM,10000,KILL,25 sh -c 'echo $$ >pid2; kill -STOP $$; sleep 1000' ::: x
wait_for test -s pid2
kill -TERM "$started"
expect_end_soon 143
