#! /bin/sh
# Where the soft limit of descriptors is too low for so many workers it is raised; tasks have the caller's.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

sanitized && skip 'the sanitizers need descriptors of their own'
need bash
bash -c '[ "$(ulimit -H -n)" = unlimited ] || [ "$(ulimit -H -n)" -gt 1000 ]' || skip 'the hard limit is too low'
seq 100 >in
make_gate
start bash -c 'ulimit -S -n 100; exec cpool -j100 -a in sh -c "
    : >here.\$1; read -r _ <gate; ulimit -n" _'
wait_for test -e here.100
open_gate 100
expect_end 0
[ "$(sort -u out)" = 100 ] || fail "a task has the limits $(sort -u out)"
[ "$(wc -l <out)" -eq 100 ] || fail "$(wc -l <out) of 100 tasks have written"
expect_err_empty
