#! /bin/sh
# A trace that can't be written is not lost in silence: status 125, and said once.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

[ -c /dev/full ] || skip 'there is no /dev/full'
for name in full.svg full.json; do
    ln -s /dev/full "$name"
    expect_status 125 cpool --trace="$name" echo ::: 1 2 3
    expect_out 1 2 3
    [ "$(wc -l <err)" -eq 1 ] || fail "$(cat err)"
    expect_err_match "^cpool: --trace: $name: No space left on device; it is not complete$"
done
