#! /bin/sh
# A block has its number for a tag.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

seq 4 >lines
expect_status 0 cpool --tag --pipe --block 4 cat <lines
awk '{ print (NR <= 2 ? 1 : 2) "\t" $0 }' lines >wanted
expect_out_file wanted
expect_status 125 cpool --tagstring {} --pipe cat <lines
expect_err_match '^cpool: --pipe: .*stand for nothing'
