#! /bin/sh
# An item with a NUL byte can't be an argument: it fails, is named, and the others go on, in batches and products as well.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

printf 'a\nb\0c\nd\n' >in
expect_status 1 cpool echo :::: in ::: 1
expect_out 'a 1' 'd 1'
expect_err_match "^cpool: 'b.x00c.*NUL"
expect_status 1 cpool 'echo {}' <in
expect_out a d
expect_status 1 cpool -C , echo '{1}' <in
expect_out a d
