#! /bin/sh
# What --version and --help would print is lost without standard output: that is no success.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

expect_status 125 sh -c 'cpool --version >&-'
expect_status 125 sh -c 'cpool --help >&-'
