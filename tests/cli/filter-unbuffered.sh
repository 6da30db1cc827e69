#! /bin/sh
# Filters that flush each answer.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

seq 20000 >in
expect_status 0 cpool -j2 --filter sed -u 's/$/!/' <in
sed 's/$/!/' in >wanted
expect_out_file wanted
expect_status 0 cpool -j2 --filter awk '{print $0 "!"; fflush()}' <in
expect_out_file wanted
