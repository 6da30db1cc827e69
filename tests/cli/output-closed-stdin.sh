#! /bin/sh
# Without standard input everything else works, and tasks still have an empty one.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

expect_status 0 sh -c 'cpool sh -c "cat; echo \$1" _ ::: a <&-'
expect_out a
