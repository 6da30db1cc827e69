#! /bin/sh
# A filter that swallows an item: somebody must be missing an answer, and the run has failed.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

seq 10 >in
expect_status 1 cpool -j1 --filter sed 5d <in
[ "$(wc -l <out)" -eq 9 ] || fail 'it should be nine answers'
expect_err_match '^cpool: .10.: the filter ended with status 0 before it answered$'
expect_err_match '^cpool: 1 of 10 tasks failed$'
expect_err_match '^cpool: item 10 .10.: no answer$'
