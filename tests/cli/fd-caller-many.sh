#! /bin/sh
# With a hundred workers, too, tasks have the descriptors of the caller and none of cpool's, wherever those of the caller lie.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

sanitized && skip 'the sanitizers need descriptors of their own'
need bash
[ -d /proc/self/fd ] || skip 'no /proc'
seq 100 >in
mkfifo gate
for fd in 9 300 400 900; do
    bash -c 'eval "exec $1</dev/null"; exec bash -c "cd /proc/self/fd; echo [0-9]*"' _ "$fd" >wanted
    rm -f here.*
    start bash -c 'eval "exec $1</dev/null"; exec cpool -j100 -a in bash -c "
        : >here.\$1; read -r _ <gate; cd /proc/self/fd; echo [0-9]*" _' _ "$fd"
    exec 8<>gate
    wait_for test -e here.100
    open_gate 100
    expect_end 0
    exec 8>&-
    sort -u out | cmp -s - wanted || fail "tasks have $(sort -u out), where without cpool they have $(cat wanted)"
done
