#! /bin/sh
# Five hundred short commands on four workers, in order.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

seq 500 >in
expect_status 0 cpool -j4 echo <in
expect_out_file in
