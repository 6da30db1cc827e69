#! /bin/sh
# The errors of functions come on standard error only, and in the order of the items.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

expect_status 5 cpool -j2 square a 1 b 2 c 3 d 4 e
expect_out 1 4 9 16
sed -n "s/^cpool: square: '\(.\)'.*/\1/p" err | tr -d '\n' | grep -qx abcde || fail "order of the errors: $(cat err)"
