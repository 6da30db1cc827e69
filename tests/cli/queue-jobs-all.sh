#! /bin/sh
# -j0 is as many jobs as there are items.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

seq 40 >in
make_gate
start cpool -j0 -a in sh -c ': >"here.$1"; read -r _ <gate; echo "$1"' _
wait_for test -e here.40
open_gate 40
expect_end 0
expect_out_file in
