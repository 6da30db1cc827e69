#! /bin/sh
# Items of 100 kB each, near the longest that exec takes, are put together as well.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"
. "$CPOOL_SRCDIR/tests/cli/batch-lib.inc"

small_stack 8192
long=$(head -c 100000 /dev/zero | tr '\0' x)
yes "$long" | head -n 50 >long-items
try_limit long-items
# With a small environment: make's is as large as the list of tests that it was given.
expect_status 0 env -i "PATH=$PATH" cpool -j1 -X sh -c 'echo $#' _ <long-items
[ "$(head -n 1 out)" -eq 20 ] || fail "$(head -n 1 out): 20 items of 100 kB fit 2 MiB"
