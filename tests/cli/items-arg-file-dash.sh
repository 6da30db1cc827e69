#! /bin/sh
# -a - is standard input.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

printf '%s\n' x y | expect_status 0 cpool -a - echo
expect_out x y
