#! /bin/sh
# An empty line is a row of one empty column.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

printf 'a,b\n\nc,d\n' >in
expect_status 0 cpool -C , echo '<{1}{2}>' <in
expect_out '<ab>' '<>' '<cd>'
expect_status 0 cpool --csv echo '<{1}{2}>' <in
expect_out '<ab>' '<>' '<cd>'
