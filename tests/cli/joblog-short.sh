#! /bin/sh
# A file that is full in the midst of a line ends the run, and only whole lines stay.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"
word=$(printf '%0100d' 0)
status=0
# Ignored, SIGXFSZ does not end the process, and the write fails. 512 bytes is the least that ulimit knows.
(trap '' XFSZ && ulimit -f 1 && exec cpool -j1 --joblog log true ::: "$word" "$word" "$word" "$word" "$word" "$word" \
    "$word" "$word" "$word" "$word" "$word") >out 2>err || status=$?
[ "$status" -eq 125 ] || fail "status $status"
expect_err_match '^cpool: --joblog: log: can.t be written: File too large; the run is ended$'
[ "$(tail -c 1 log | wc -l)" -eq 1 ] || fail 'the last line is torn'
[ "$(wc -l <log)" -ge 3 ] || fail "$(cat log)"
[ "$(awk -F'\t' '{ print NF }' log | sort -u)" = 9 ] || fail "$(cat log)"
