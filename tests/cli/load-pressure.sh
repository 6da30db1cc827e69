#! /bin/sh
# --pressure: all tasks run, however high it is, and the limit may be given or not.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

grep -q some /proc/pressure/cpu 2>/dev/null || skip 'the kernel does not tell the pressure'
seq 50 >in
expect_status 0 cpool -j4 --pressure sh -c 'echo "$1"; sleep 0.05' _ <in
expect_out_file in
expect_err_empty
expect_status 0 cpool -j4 --pressure=1% --load 100000 --memfree 1 --memsuspend 1 sh -c 'echo "$1"; sleep 0.05' _ <in
expect_out_file in
expect_err_empty
expect_status 0 cpool -j4 --pressure=100 square <in
