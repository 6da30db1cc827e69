#! /bin/sh
# Retries run all programs again; the output is that of the last try.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

expect_status 0 cpool --retries 3 sh -c 'echo x >>first; echo "$1" $(wc -l <first)' _ '{}' '|' sh -c 'cat; [ "$(wc -l <first)" -eq 3 ]' ::: a
expect_out 'a 3'
[ "$(wc -l <first)" -eq 3 ] || fail "$(wc -l <first) tries"
