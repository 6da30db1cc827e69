#! /bin/sh
# Events are written as tasks end: where that fails, the run ends early, with status 125.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

[ -c /dev/full ] || skip 'there is no /dev/full'
ln -s /dev/full full.json
seq 1000000 >items
expect_status 125 cpool -a items --trace=full.json square
[ "$(wc -l <out)" -lt 1000000 ] || fail 'it went on to the end'
[ "$(wc -l <err)" -eq 1 ] || fail "$(cat err)"
