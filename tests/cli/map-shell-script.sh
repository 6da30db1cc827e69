#! /bin/sh
# sh -c with the item as an argument, the way the manual recommends.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

expect_status 0 cpool sh -c 'echo "$1" | tr a-z A-Z' _ ::: hello 'x; y'
expect_out HELLO 'X; Y'
