#! /bin/sh
# A function whose answer is longer than any buffer, among short ones.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

{ seq 50 && head -c 700000 /dev/zero | tr '\0' y && echo && seq 50; } >in
expect_status 0 cpool -j2 --chunk 200 identity <in
expect_out_file in
