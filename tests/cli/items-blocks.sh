#! /bin/sh
# Lines of every length up to some kilobytes, over the ends of all blocks, come through in order.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

awk 'BEGIN { for (i = 0; i < 3000; i++) { s = i ":"; n = (i * 7919) % 3001; while (length(s) < n) s = s s "-"; print substr(s, 1, n + 1) } }' >in
expect_status 0 cpool -j2 identity <in
expect_out_file in
# shellcheck disable=SC2002 # a pipe is what is wanted
cat in | expect_status 0 cpool -j2 --chunk 7 identity
expect_out_file in
