#! /bin/sh
# Hundreds of jobs at once.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

sanitized && skip 'too slow with sanitizers'
seq 300 >in
make_gate
start cpool -j300 -a in sh -c ': >"here.$1"; read -r _ <gate; echo "$1"' _
wait_for test -e here.300
open_gate 300
expect_end 0
expect_out_file in
