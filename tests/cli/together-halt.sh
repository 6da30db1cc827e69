#! /bin/sh
# A run that is halted has told all that was done: in the log, in folders, in the list of what failed.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

expect_status 3 cpool -j1 --halt now,fail=1 --joblog log --failed todo --results all --summary 'echo {}; exit {}' ::: 0 3 0 0
[ "$(sed 1d log | cut -f 7 | tr '\n' ' ')" = '0 3 ' ] || fail "$(cat log)"
echo 3 | cmp - todo || fail 'what failed'
echo 3 | cmp - all/1/3/stdout || fail 'its output'
expect_err_match '^  tasks +1 succeeded, 1 failed'
# And what is left is done by going on; the failed one only if that is wanted.
expect_status 0 cpool -j1 --joblog log --resume 'echo {}; exit {}' ::: 0 3 0 0
[ "$(wc -l <out)" -eq 2 ] || fail "going on: $(cat out)"
expect_status 1 cpool -j1 --joblog log --resume-failed 'echo {}; exit {}' ::: 0 3 0 0
expect_out 3
