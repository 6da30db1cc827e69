#! /bin/sh
# -N and -L are kept whatever the size of such a block, from a pipe as from a file.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

seq 10000000 | head -n 6000000 >in
expect_status 0 cpool --pipe -N 5000000 wc -l <in
expect_out 5000000 1000000
# shellcheck disable=SC2002
cat in | expect_status 0 cpool --pipe -N 5000000 wc -l
expect_out 5000000 1000000
