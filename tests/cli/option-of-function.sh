#! /bin/sh
# What looks like an option behind the name of a function is an item.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

expect_status 0 cpool identity -j4 --help
expect_out -j4 --help
