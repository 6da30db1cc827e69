#! /bin/sh
# An empty line is an item.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

printf '\na\n\n' >in
expect_status 0 cpool printf '<%s>\n' <in
expect_out '<>' '<a>' '<>'
expect_status 0 cpool identity <in
expect_out '' a ''
