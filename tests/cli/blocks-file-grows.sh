#! /bin/sh
# A file that grows while it is read: the blocks are what was there at the beginning.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

seq 100000 >in
cp in wanted
expect_status 0 cpool --pipe --block 64K -j1 -a in sh -c '[ "$CPOOL_SEQ" != 1 ] || seq 10 >>in; cat'
expect_out_file wanted
