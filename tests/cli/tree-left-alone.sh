#! /bin/sh
# What a task that simply finished has left running is left alone: also when a later task exceeds its time limit, and
# when the run ends.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

make_tree
expect_status 1 timeout 20 cpool -j1 --timeout 0.7 --grace 0.1 sh -c 'if [ "$1" = a ]; then
        exec sh tree "$1" once >/dev/null 2>&1
    fi
    exec sleep 1000' _ ::: a b
expect_err_match "^cpool: item [0-9]+ 'b': timed out after 700 ms\$"
gone "$(cat a.main)" || fail 'the task has not ended'
for process in child daemon; do
    alive "$(cat "a.$process")" || fail "the $process is gone"
    kill -KILL "$(cat "a.$process")"
done
