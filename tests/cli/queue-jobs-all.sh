#! /bin/sh
# -j0 is as many jobs as there are items.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

seq 40 >in
expect_status 0 cpool -j0 sh -c ': >"here.$1"; until [ $(ls here.* | wc -l) -ge 40 ]; do sleep 0.05; done; echo "$1"' _ <in
expect_out_file in
