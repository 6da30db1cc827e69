#! /bin/sh
# The last answer of a filter that ends well may lack its end; that of one that fails is none.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

expect_status 0 cpool -j1 --filter awk '{ printf "%s%s", end, $0; end = "\n" }' ::: a b c
expect_out a b c
printf 'a\nb' | expect_status 0 cpool -j1 --filter cat
expect_out a b
expect_status 1 cpool -j1 --filter sh -c 'read -r x; printf half; exit 4' ::: a
expect_out_empty
expect_err_match 'exit status 4$'
