#! /bin/sh
# What can be read only once is one source only, whatever it is called; a file can be read twice.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

[ -e /dev/stdin ] || skip 'no /dev/stdin'
twice='is a source of items already, and can be read only once'
seq 3 | expect_status 125 cpool echo :::: - /dev/stdin
expect_out_empty
expect_err_match "^cpool: /dev/stdin: $twice"
seq 3 | expect_status 125 cpool --link echo :::: /dev/stdin ::: a :::: -
expect_err_match "^cpool: -: $twice"
seq 3 | expect_status 125 cpool -a - echo :::: /dev/fd/0
mkfifo pipe
ln pipe other
exec 8<>pipe
expect_status 125 cpool -a pipe echo :::: ./pipe
expect_err_match "^cpool: ./pipe: $twice"
expect_status 125 cpool echo :::: pipe ::::+ other
expect_err_match "^cpool: other: $twice"
exec 8<&-
seq 2 >in
seq 2 >list
expect_status 0 cpool echo :::: in in
expect_out '1 1' '1 2' '2 1' '2 2'
expect_status 0 cpool echo :::: - ::::+ list <in
expect_out '1 1' '2 2'
expect_status 0 cpool echo :::: /dev/null /dev/null </dev/null
expect_out_empty
