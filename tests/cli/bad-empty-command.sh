#! /bin/sh
# An empty word is no command, and a command that is not there is none: status 127, nothing is run.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

expect_status 127 cpool '' ::: a
expect_err_match "^cpool: "
[ "$(wc -l <err)" -eq 1 ] || fail "$(cat err)"
expect_status 127 cpool nonesuch ::: a
expect_status 127 cpool ./nonesuch ::: a
expect_status 126 cpool / ::: a
expect_out_empty
