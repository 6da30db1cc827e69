#! /bin/sh
# -L N: N lines a task; a line that ends in a blank goes on in the next, and is one with it.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

printf 'a\nb \nc\nd\ne\n' >in
expect_status 0 cpool -L1 echo '[{}]' <in
expect_out '[a]' '[b c]' '[d]' '[e]'
expect_status 0 cpool -L2 echo '[{}]' <in
expect_out '[a] [b c]' '[d] [e]'
expect_status 0 cpool --max-lines=3 printf '<%s>' <in
[ "$(cat out)" = '<a><b c><d><e>' ] || fail "$(cat out)"
printf 'x ' | expect_status 0 cpool -L1 printf '<%s>'
[ "$(cat out)" = '<x >' ] || fail "$(cat out)"
