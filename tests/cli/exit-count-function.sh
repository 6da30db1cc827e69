#! /bin/sh
# Items that a function refuses are counted in the same way.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

yes x | head -n 101 | expect_status 101 cpool fib
yes x | head -n 100 | expect_status 100 cpool fib
expect_status 1 cpool fib 1 2 x 3
