#! /bin/sh
# Without standard error everything else works, and no file of a task takes its place.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

expect_status 1 sh -c 'cpool sh -c "echo \$1; echo lost >&2; exit 3" _ ::: a 2>&-'
expect_out a
expect_status 0 sh -c 'cpool echo ::: a 2>&- <&-'
expect_out a
