#! /bin/sh
# Hundreds of jobs at once.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

sanitized && skip 'too slow with sanitizers'
seq 300 >in
expect_status 0 cpool -j300 sh -c ': >"here.$1"; until [ -e here.300 ]; do sleep 0.2; done; echo "$1"' _ <in
expect_out_file in
