#! /bin/sh
# Of a task that is tried again the files of the last try stay.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

printf '%s\n' 'echo x >>count' 'echo $(wc -l <count) ; echo $(wc -l <count) >&2; [ $(wc -l <count) -ge 3 ]' >script
expect_status 0 cpool --retries 5 --results DIR sh ::: script
[ "$(cat DIR/1/script/stdout)" = 3 ] || fail "$(cat DIR/1/script/stdout)"
[ "$(cat DIR/1/script/stderr)" = 3 ] || fail "$(cat DIR/1/script/stderr)"
rm count
expect_status 0 cpool --retries 5 --results file.csv sh ::: script
[ "$(wc -l <file.csv)" -eq 4 ] || fail "$(cat file.csv)"
