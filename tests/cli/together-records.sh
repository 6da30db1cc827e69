#! /bin/sh
# A log, a picture, figures and objects of one run with tasks that fail and are tried again agree with each other.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

# shellcheck disable=SC2016 # the $ is of the tasks' shell
expect_status 14 cpool -j3 --joblog log --trace run.svg --summary --json --retries 2 --failed todo \
    'exit $(({}%3))' ::: 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20
[ "$(wc -l <out)" -eq 20 ] || fail 'objects'
[ "$(grep -c '"exit":0,' out)" -eq 6 ] || fail 'objects of what did well'
[ "$(grep -c '"tries":2,' out)" -eq 14 ] || fail 'objects of what was tried again'
[ "$(sed 1d log | cut -f 7 | grep -c '^0$')" -eq 6 ] || fail "log: $(cat log)"
[ "$(wc -l <log)" -eq 21 ] || fail "log: $(wc -l <log) lines"
[ "$(wc -l <todo)" -eq 14 ] || fail "failed: $(cat todo)"
expect_err_match '^  tasks +6 succeeded, 14 failed, 14 more tries$'
grep -q '14 retried' run.svg || fail 'the picture does not tell of retries'
grep -q '14 failed' run.svg || fail 'the picture does not tell of failures'
