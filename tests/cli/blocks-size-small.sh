#! /bin/sh
# A block is as small as it is asked for, from a pipe as from a file.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

seq 100 299 >in
expect_status 0 cpool --pipe --block 10 wc -c <in
[ "$(sort -u out)" = 8 ] || fail "of a file: $(sort out | uniq -c)"
seq 100 299 | expect_status 0 cpool --pipe --block 10 wc -c
[ "$(sort -u out)" = 8 ] || fail "of a pipe: $(sort out | uniq -c)"
seq 100 299 | expect_status 0 cpool --pipe --block 1 sh -c 'cat'
expect_out_file in
seq 100 299 | expect_status 0 cpool --pipe --block 3 wc -l
[ "$(sort -u out)" = 1 ] || fail "$(sort out | uniq -c)"
