#! /bin/sh
# Of several tries the last one is logged.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"
expect_status 0 cpool --joblog log --retries 3 --retry-delay 0 sh -c '[ -e tried ] || { : >tried; exit 3; }' ::: a
[ "$(sed 1d log | cut -f 1,7)" = "$(printf '1\t0')" ] || fail "$(cat log)"
