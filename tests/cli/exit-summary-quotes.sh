#! /bin/sh
# An item in a message can not steer the terminal or make another line.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

expect_status 1 cpool false ::: "$(printf 'a\033[31m\nb')"
expect_err_match 'item 1 .a.x1b.31m.x0ab.: exit status 1$'
[ "$(wc -l <err)" -eq 2 ] || fail "$(cat err)"
