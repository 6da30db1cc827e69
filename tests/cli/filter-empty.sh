#! /bin/sh
# Without items no filter is started.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

expect_status 0 cpool --filter sh -c ': >started; cat'
expect_status 0 cpool --filter=0 sh -c ': >started; cat'
expect_status 0 cpool --filter=len sh -c ': >started; cat'
expect_status 0 cpool --filter sh -c ': >started; cat' :::
expect_out_empty
[ ! -e started ] || fail 'the filter was started'
