#! /bin/sh
# Where every worker dies at once it makes no sense to go on for ever: a message, and status 125. That a task has begun is no result.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

for log in '' --joblog=log; do
    # shellcheck disable=SC2086
    seq 1000 | expect_status 125 cpool -j2 $log sh -c 'kill -KILL $PPID'
    expect_out_empty
    expect_err_match '^cpool: 10 workers in a row died without a result'
done
