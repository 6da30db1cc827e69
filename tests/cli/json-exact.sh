#! /bin/sh
# A file name need not be UTF-8: a script that reads the records can do something with that very file.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"
need jq base64
name=$(printf 'caf\351')
bytes=$(printf '%s' "$name" | base64)
printf '%s\303\251\n%s\n' x "$name" >names
expect_status 0 cpool -a names --joblog log --joblog-format=json --trace trace.json --json echo x
jq -c . out >/dev/null || fail "$(cat out)"
[ "$(jq -c 'select(.seq == 1) | [.item, .fields, .argv]' out)" = "$(printf '["x\303\251",["x\303\251"],["echo","x","x\303\251"]]')" ] ||
    fail "$(cat out)"
wanted='["'$bytes'",["'$bytes'"],["ZWNobw==","eA==","'$bytes'"]]'
[ "$(jq -c 'select(.seq == 2) | [.item_base64, .fields_base64, .argv_base64]' out)" = "$wanted" ] || fail "$(cat out)"
# The command line is a text in any case, which bash would run.
[ "$(jq -r 'select(.seq == 2).command' out)" = "echo x \$'caf\\351'" ] || fail "$(cat out)"
wanted='["'$bytes'",["ZWNobw==","eA==","'$bytes'"]]'
[ "$(jq -c 'select(.seq == 2) | [.item_base64, .argv_base64]' log)" = "$wanted" ] || fail "$(cat log)"
[ "$(jq -c 'select(.seq == 1) | [.item, .argv]' log)" = "$(printf '["x\303\251",["echo","x","x\303\251"]]')" ] || fail "$(cat log)"
[ "$(jq -r '.[] | select(.args.seq == 2).args.item_base64' trace.json)" = "$bytes" ] || fail "$(cat trace.json)"
[ "$(jq -c '.[] | select(.args.seq == 1).args | [.item_base64, .command]' trace.json)" = "$(printf "[null,\"echo x 'x\303\251'\"]")" ] ||
    fail "$(cat trace.json)"
# One that is cut is cut between characters, and stays a text.
expect_status 0 cpool --joblog log --joblog-format=json true ::: "x$(printf '\303\251%.0s' $(seq 5000))"
[ "$(jq '.item | length' log)" -eq 4096 ] || fail 'a text that was cut is none any more'
