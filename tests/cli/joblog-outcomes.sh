#! /bin/sh
# How a task ended stands in two columns: a time limit is -1 and 15, signal 9 is 0 and 9, as GNU parallel has it;
# of one that was lost nobody knows a status.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"
ends () { # the columns Exitval and Signal of the last line
    tail -n 1 log | cut -f 7,8 | tr '\t' ' '
}
expect_status 1 cpool --joblog log --timeout 0.1 sleep ::: 1000
[ "$(ends)" = '-1 15' ] || fail "timed out: $(cat log)"
expect_status 1 cpool --joblog log sh -c 'kill -KILL $$' ::: a
[ "$(ends)" = '0 9' ] || fail "killed: $(cat log)"
expect_status 1 cpool --joblog log ./{} ::: missing
[ "$(ends)" = '127 0' ] || fail "not found: $(cat log)"
expect_status 1 cpool --joblog log fib ::: x
[ "$(ends)" = '1 0' ] || fail "refused: $(cat log)"
expect_status 1 cpool --joblog log sh -c 'exit 7' ::: a
[ "$(ends)" = '7 0' ] || fail "exit status: $(cat log)"
# The same as --json and --results say.
expect_status 1 cpool --joblog log --results t.csv sh -c 'kill -KILL $PPID; exec sleep 1' ::: a
[ "$(ends)" = '-1 9' ] || fail "lost: $(cat log)"
[ "$(tail -n 1 t.csv | cut -d , -f 7,8)" = '-1,9' ] || fail "lost: $(cat t.csv)"
