#! /bin/sh
# A filter that ends well, but without an answer, has failed as well.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

expect_status 1 cpool -j1 --filter 'while read -r x; do [ "$x" != b ] || exit 0; echo "$x"; done' ::: a b c d e
expect_out a c d e
expect_err_match '^cpool: 1 of 5 tasks failed$'
expect_err_match '^cpool: item 2 .b.: no answer$'
