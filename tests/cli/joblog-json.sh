#! /bin/sh
# --joblog-format=json: one valid object a line, with all that is known of a task.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"
need jq
printf 'plain\nquote " and \\\n\303\244\n\377\nx\ty\n' >items
expect_status 0 cpool -a items --joblog log --joblog-format=json echo
jq -c . log >/dev/null || fail 'jq does not read it'
[ "$(jq -c 'select(.seq == 2) | [.item, .command, .exit, .signal, .outcome, .tries, .out, .err]' log)" = \
    '["quote \" and \\","echo '"'quote \\\" and \\\\'"'",0,null,"success",1,14,0]' ] || fail "$(cat log)"
[ "$(jq -s 'map(select(.slot >= 1 and .pid > 1 and .start > 1e9 and .runtime >= 0 and .user >= 0 and
    .system >= 0 and (.key | length) == 32)) | length' log)" -eq 5 ] || fail "$(cat log)"
if linux_extras; then
    [ "$(jq -s 'map(select(.peak_memory > 0)) | length' log)" -eq 5 ] || fail "$(cat log)"
fi
expect_status 1 cpool --joblog log --joblog-format=json --retries 2 --retry-delay 0 --timeout 0.1 sleep ::: 1000
[ "$(jq -c '[.exit, .signal, .outcome, .tries]' log)" = '[null,15,"timed out",2]' ] || fail "$(cat log)"
