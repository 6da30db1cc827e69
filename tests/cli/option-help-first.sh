#! /bin/sh
# --help and --version need nothing else, and what stands behind them does not matter.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

expect_status 0 cpool --help --nonsense
expect_status 0 cpool -j2 --version --nonsense
expect_status 0 cpool --functions x
