#! /bin/sh
# Of a task that is tried again the last try is the object.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

need jq
printf '%s\n' 'echo x >>count' 'wc -l <count' '[ $(wc -l <count) -ge 3 ]' >script
expect_status 0 cpool --retries 5 --json sh ::: script
[ "$(jq -c '[.tries, .outcome, (.stdout | tonumber)]' out)" = '[3,"success",3]' ] || fail "$(cat out)"
