#! /bin/sh
# Without input nothing is started.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

: >empty
expect_status 0 cpool --pipe --filter sh -c ': >started'
expect_status 0 cpool --pipe --filter -a empty sh -c ': >started'
: | expect_status 0 cpool --pipe --filter sh -c ': >started'
expect_out_empty
[ ! -e started ] || fail 'the command was started'
