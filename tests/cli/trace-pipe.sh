#! /bin/sh
# Blocks have no item: they are called by their number.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"
. "$CPOOL_SRCDIR/tests/cli/trace-lib.inc"

seq 1000 >numbers
expect_status 0 cpool -a numbers --pipe -N 300 --trace=run.json wc -l
expect_status 0 cpool -a numbers --pipe -N 300 --trace=run.svg wc -l
valid_json run.json
[ "$(events run.json)" -eq 4 ] || fail "$(cat run.json)"
for block in 1 2 3 4; do
    grep -q '"name":"block '$block'".*"seq":'$block',.*"command":"wc -l"' run.json || fail "no block $block: $(cat run.json)"
    grep -q "<title>block $block\$" run.svg || fail "no block $block is drawn"
done
