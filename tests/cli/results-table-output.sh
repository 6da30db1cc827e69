#! /bin/sh
# A table on standard output; as JSON; and none that replaces what --resume goes on with.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

need jq
expect_status 0 cpool --results -.csv echo ::: a
grep -q '^Seq,.*,V1,Stdout,Stderr$' out || fail "$(cat out)"
grep -q ',"echo a",a,"a$' out || fail "$(cat out)"
expect_status 0 cpool --results t.json echo ::: a b
expect_out_empty
[ "$(jq -r .stdout t.json | tr '\n' ' ')" = 'a  b  ' ] || fail "$(cat t.json)"
