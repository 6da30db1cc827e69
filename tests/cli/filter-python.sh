#! /bin/sh
# A program of python that knows nothing of flushing.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

need python3
seq 20000 >in
expect_status 0 cpool -j2 --filter python3 -c 'import sys
for line in sys.stdin:
    print(int(line) + 1)' <in
seq 2 20001 >wanted
expect_out_file wanted
