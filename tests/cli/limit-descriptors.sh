#! /bin/sh
# With few descriptors there are fewer workers, or a clear message; never a hang.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

sanitized && skip 'the sanitizers need descriptors of their own'
seq 200 >in
expect_status 0 sh -c 'ulimit -n 20; exec cpool -j16 sh -c "echo \$1" _ <in'
expect_out_file in
expect_status 0 sh -c 'ulimit -n 20; exec cpool -j16 identity <in'
expect_out_file in
