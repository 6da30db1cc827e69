#! /bin/sh
# --dry-run prints each command, in order, as a shell would read it, and runs none.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

expect_status 0 cpool -j4 --dry-run touch ::: a 'b c' "it's" '' '$x'
expect_err_empty
[ "$(wc -l <out)" -eq 5 ] || fail "$(cat out)"
[ "$(head -n 1 out)" = 'touch a' ] || fail "$(cat out)"
[ -z "$(find . -name a -o -name 'b c')" ] || fail 'it was run'
expect_status 0 cpool --dry-run fib 5 6
expect_out 'fib 5' 'fib 6'
expect_status 127 cpool --dry-run nonesuch ::: a
