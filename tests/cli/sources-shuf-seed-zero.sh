#! /bin/sh
# --seed 0 is a seed like any other.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

seq 200 >in
expect_status 0 cpool --seed 0 echo <in
mv out first
expect_status 0 cpool --seed 0 echo <in
expect_out_file first
