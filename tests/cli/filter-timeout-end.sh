#! /bin/sh
# A filter that has answered everything and does not end is under the time limit as well, from the end of its input on.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

ends () { # ITEM OPTION... COMMAND...
    item=$1
    shift
    expect_status 0 timeout 20 cpool -j1 --timeout 0.5 --grace 1 "$@" ::: "$item"
    expect_err_match '^cpool: warning: the filter answered all that it was asked, and did not end within 500 ms of the end of its input'
}

ends 1 --filter 'read -r x; echo "$x"; exec sleep 1000'
expect_out 1
ends 1 --filter sh -c 'read -r x; echo "$x"; exec >&-; sleep 1000'
expect_out 1
ends a --filter cat '|' sh -c 'cat; exec sleep 1000'
expect_out a
ends a --filter=len sh -c 'cat; exec sleep 1000'
[ "$(cat out)" = a ] || fail "$(cat out)"
ends a --filter sh -c 'trap "" TERM; cat; while :; do sleep 0.05; done'
expect_out a

# Without a limit it may last, and ^C ends it.
start cpool -j1 --filter 'read -r x; echo "$x"; : >answered; exec sleep 1000' ::: 1
wait_for test -e answered
kill -INT "$started"
expect_end_soon 130
