#! /bin/sh
# --json in order of completion: each object is still one line.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

need jq
cat >script <<'END'
[ "$1" = b ] || until grep -q '"item":"b"' out; do sleep 0.05; done
END
expect_status 0 cpool -j2 --json --as-completed sh script ::: a b
[ "$(jq -r .item out | tr '\n' ' ')" = 'b a ' ] || fail "$(cat out)"
