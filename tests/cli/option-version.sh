#! /bin/sh
# --version prints name and version first.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

expect_status 0 cpool --version
head -n 1 out | grep -Eqx 'cpool [0-9]+[.][0-9]+[.0-9a-z-]*' || fail "first line: $(head -n 1 out)"
mv out long
expect_status 0 cpool -V
expect_out_file long
