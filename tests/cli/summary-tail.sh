#! /bin/sh
# --summary names what all waited for at the end.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

expect_status 0 cpool -j4 --summary sleep ::: 0 0 0 1
tr -s ' \n' ' ' <err >text
grep -q "lost at the end, where too few tasks were left for all of them; the last was item 4 '1'" text ||
    fail "not told: $(cat text)"
expect_err_match "^  longest     1(\.[0-9]*)? s: item 4 '1'\$"
expect_err_match '^  worth it[?]   No: 4 processes'
