#! /bin/sh
# A file that becomes shorter while it is read is no success: the blocks that are not there are missed.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

seq 100000 >in
status=0
cpool --pipe --block 64K -j1 -a in sh -c '[ "$CPOOL_SEQ" != 1 ] || : >in; cat' >out 2>err || status=$?
[ "$status" -ne 0 ] || fail 'all is well, it says'
[ -s err ] || fail 'not a word about it'
seq 100000 >in
expect_status 0 cpool --pipe --block 64K -j1 -a in sh -c '[ "$CPOOL_SEQ" != 1 ] || seq 10 >>in; cat'
seq 100000 >wanted
expect_out_file wanted
