#! /bin/sh
# --color-failed is refused with -u: what has been written straight to the terminal can't be coloured.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

expect_status 125 cpool -u --color-failed echo ::: 1
expect_out_empty
expect_err_match '^cpool: --color-failed: .*-u'
expect_status 0 cpool -u --color-failed -k echo ::: 1
expect_out 1
