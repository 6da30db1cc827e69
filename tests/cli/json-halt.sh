#! /bin/sh
# A task that failed by itself while the run was being ended is not done: it has neither a line in the log nor an object.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"
for round in $(seq 40); do
    cpool -j4 --json --joblog log --chunk=1 --retries 2 --halt now,success=2 square x 1 y 2 z 3 x 4 >out 2>err
    [ "$(wc -l <out)" -eq $(($(wc -l <log) - 1)) ] || fail "round $round: $(cat out log)"
done
