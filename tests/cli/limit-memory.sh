#! /bin/sh
# Where address space is short cpool still works with small items, or says why not.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

sanitized && skip 'the sanitizers take terabytes of address space'
seq 1000 >in
expect_status 0 sh -c 'ulimit -v 60000; exec cpool -j2 identity <in'
expect_out_file in
