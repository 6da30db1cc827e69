#! /bin/sh
# An empty line is an item, and an empty answer is an answer.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

printf '\n\na\n\n' >in
expect_status 0 cpool -j2 --filter cat <in
expect_out_file in
expect_status 0 cpool --filter sed 's/.*//' ::: a b c
expect_out '' '' ''
