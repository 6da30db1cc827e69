#! /bin/sh
# A task that has stopped itself, with all that belongs to it, is ended as well.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

expect_status 1 timeout 20 cpool -j1 --timeout 0.3 --grace 1000 sh -c '[ "$1" = b ] || { echo $$ >pid; sleep 1000 & echo $! >child
    kill -STOP 0; }; echo "$1"' _ ::: a b
expect_out b
expect_err_match "^cpool: item [0-9]+ 'a': timed out after 300 ms\$"
gone "$(cat pid)" || fail 'the task is still there'
gone "$(cat child)" || fail 'its child is still there'
