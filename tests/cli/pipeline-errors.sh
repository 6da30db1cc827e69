#! /bin/sh
# What any of the programs says on standard error is the task's.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

expect_status 0 cpool -j2 sh -c 'echo 1 >&2; echo out' '|' sh -c 'cat; echo 2 >&2' '|' sh -c 'cat; echo 3 >&2' ::: a
expect_out out
for n in 1 2 3; do expect_err_match "^$n\$"; done
[ "$(wc -l <err)" -eq 3 ] || fail "$(cat err)"
