#! /bin/sh
# A reader of objects that can take no more ends the run with 125.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

[ -c /dev/full ] || skip 'no /dev/full'
cpool --json echo ::: a >/dev/full 2>err
[ $? -eq 125 ] || fail "$(cat err)"
expect_err_match '^cpool: standard output: '
