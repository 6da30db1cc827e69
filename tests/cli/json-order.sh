#! /bin/sh
# --json in order of completion: each object is still one line.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

need jq
mkfifo go
expect_status 0 cpool -j2 --json --as-completed sh -c '[ {} = b ] || read -r _ <go; echo {}; [ {} = a ] || echo >go' ::: a b
[ "$(jq -r .item out | tr '\n' ' ')" = 'b a ' ] || fail "$(cat out)"
