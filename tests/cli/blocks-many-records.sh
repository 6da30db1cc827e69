#! /bin/sh
# -N takes blocks of any size from a file. From a pipe they must fit the memory that is meant for it, and what does not is told.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

seq 6000000 >in
expect_status 0 cpool -j2 --pipe -N 5000000 wc -l <in
expect_out 5000000 1000000
# shellcheck disable=SC2002 # it is to be a pipe
cat in | expect_status 125 cpool -j2 --pipe -N 5000000 wc -l
expect_out_empty
expect_err_match '^cpool: standard input: so many records as -N or -L say take more than 32 MiB, which only a regular file may$'
# shellcheck disable=SC2002 # it is to be a pipe
cat in | expect_status 0 cpool -j2 --pipe -N 1000000 wc -l
expect_out 1000000 1000000 1000000 1000000 1000000 1000000
