#! /bin/sh
# The forms of -j: N, N%, +N, -N, 0; and the processors that this process may use as the default.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

need taskset
first=$(taskset -pc $$ | sed 's/.*: *\([0-9]*\).*/\1/')
taskset -c "$first" true || skip 'taskset does not work here'
# As many as are said must run at once; one more item than that must wait.
check_jobs () { # JOBS OPTION...
    jobs=$1
    shift
    rm -f here.*
    seq "$((jobs + 2))" | expect_status 0 taskset -c "$first" cpool "$@" sh -c '
        : >"here.$2"; until [ $(ls here.* | wc -l) -ge "$0" ]; do sleep 0.01; done; echo "$1"' "$jobs" '{%}' '{}'
    [ "$(sort -n out | tail -n 1)" -le "$jobs" ] || fail "$*: slots $(sort -un out | tr '\n' ' ')"
}
check_jobs 1
check_jobs 3 -j3
check_jobs 3 -j 3
check_jobs 3 --jobs=3
check_jobs 3 --jobs 3
check_jobs 3 --job 3
check_jobs 3 -P3
check_jobs 3 --max-procs=3
check_jobs 2 -j200%
check_jobs 1 -j 50%
check_jobs 3 -j+2
check_jobs 1 -j-1
check_jobs 1 -j -7
check_jobs 1 -j5 -j1
