#! /bin/sh
# With -u tasks fail, time out, and are ended and tried again as they are without.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

expect_status 2 cpool -u -j2 sh -c 'echo "$1"; exit "$1"' sh ::: 0 3 4
sort out >sorted
[ "$(cat sorted)" = "0
3
4" ] || fail "output: $(cat out)"
expect_err_match '^cpool: 2 of 3 tasks failed$'
expect_err_match '^cpool: item 2 .3.: exit status 3$'
expect_status 1 cpool -u --timeout 0.3 sleep ::: 1000
expect_err_match "timed out after 300 ms"
expect_status 0 cpool -u --retries 2 --retry-delay 0 sh -c 'mkdir once 2>/dev/null && exit 1; echo well' ::: 1
expect_out well
expect_status 127 cpool -u nosuchprogram/at-all ::: 1
seq 1000 >in
expect_status 0 cpool -u -j4 --pipe --block 1k wc -l <in
[ "$(awk '{ sum += $1 } END { print sum }' out)" -eq 1000 ] || fail "lines: $(cat out)"
