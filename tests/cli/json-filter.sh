#! /bin/sh
# The answers of a filter are objects, and so are those that never came.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

need jq
seq 1000 | expect_status 0 cpool -j2 --json --filter cat
jq -r 'select(.stdout == "\(.item)\n" and .exit == 0).seq' out >got
seq 1000 | cmp -s - got || fail "$(head -n 3 out)"
seq 2 | expect_status 1 cpool -j1 --json --filter sh -c 'while read -r n; do [ $n != 2 ] || exit 7; echo $n; done'
jq -c '[.seq, .exit, .stdout]' out >got
printf '%s\n' '[1,0,"1\n"]' '[2,7,""]' | cmp -s - got || fail "$(cat got)"
