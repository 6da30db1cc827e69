#! /bin/sh
# Output goes where the caller opened it for appending.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

echo before >file
expect_status 0 sh -c 'cpool echo ::: a b >>file'
printf '%s\n' before a b | cmp -s - file || fail "$(cat file)"
