#! /bin/sh
# With one command the output is the input, byte by byte.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

head -c 5000000 /dev/urandom >in
expect_status 0 cpool -j1 --pipe --filter --block 64K cat <in
expect_out_file in
# shellcheck disable=SC2002
cat in | expect_status 0 cpool -j1 --pipe --filter --block 64K cat '|' cat
expect_out_file in
