#! /bin/sh
# The ways to write a number of jobs; the last one counts.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

# As many as are said must run at once, and never more.
check_jobs () { # JOBS COMMAND...
    jobs=$1
    shift
    rm -f here.*
    seq "$((jobs + 2))" | expect_status 0 "$@" sh -c '
        : >"here.$2"; until [ $(ls here.* | wc -l) -ge "$0" ]; do sleep 0.01; done; echo "$1"' "$jobs" '{%}' '{}'
    [ "$(sort -n out | tail -n 1)" -le "$jobs" ] || fail "$*: slots $(sort -un out | tr "\n" " ")"
}
check_jobs 3 cpool -j3
check_jobs 3 cpool -j 3
check_jobs 3 cpool --jobs=3
check_jobs 3 cpool --jobs 3
check_jobs 3 cpool -P3
check_jobs 3 cpool --max-procs=3
check_jobs 2 cpool -j5 -j2
check_jobs 1 cpool -j -1000
check_jobs 1 cpool -j 0.001%
