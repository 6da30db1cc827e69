#! /bin/sh
# --summary: whatever items hold, lines have at most 80 columns, and nothing steers the terminal.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

long=$(printf '%0300d' 0)
control=$(printf 'a\033[31mb\nc\td')
expect_status 2 cpool -0 -j2 --summary sh -c 'sleep 0.1; exit 1' _ ::: "$long" "$control"
awk 'length($0) > 80 && !/^cpool: / { print; bad = 1 } END { exit bad }' err >wide || fail "too wide: $(cat wide)"
! grep -q "$(printf '\033')" err || fail 'an escape went through'
expect_err_match '^  longest '
