#! /bin/sh
# A full disk is noticed: message, status 125; with functions as well.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

[ -c /dev/full ] || skip 'no /dev/full'
expect_status 125 sh -c 'cpool echo ::: a b >/dev/full'
expect_err_match '^cpool: standard output: No space left on device'
expect_status 125 sh -c 'seq 100000 | cpool square >/dev/full'
expect_err_match '^cpool: standard output: No space left on device'
