#! /bin/sh
# -C splits each item at an expression; {1} {2} … {-1} are its parts, {} all of them.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

printf 'a,b,c\nd,e\n' >in
expect_status 0 cpool -C , echo '{1}-{2}' <in
expect_out a-b d-e
expect_status 0 cpool --colsep=, echo '{-1}:{1}' <in
expect_out c:a e:d
expect_status 0 cpool -C '[,:]+' echo '{3}{2}{1}' ::: 'x,:y::z'
expect_out zyx
expect_status 0 cpool -C '\t' echo '{2}' ::: 'a	b c'
expect_out 'b c'
expect_status 0 cpool -C '\|' echo '{2}' ::: 'a|b'
expect_out b
expect_status 0 cpool -C , printf '<%s>' {} <in
[ "$(cat out)" = '<a><b><c><d><e>' ] || fail "$(cat out)"
