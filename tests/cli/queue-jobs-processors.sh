#! /bin/sh
# The default, and what -j counts from, are the processors that this process may use.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

grep -q '^#define CPOOL_LINUX_EXTRAS' "$CPOOL_BUILDDIR/config.h" || skip 'without sched_getaffinity that is not known'
need taskset
first=$(taskset -pc $$ | sed 's/.*: *\([0-9]*\).*/\1/')
taskset -c "$first" true || skip 'taskset does not work here'
# As many as are said must run at once, and never more.
check_jobs () { # JOBS COMMAND...
    jobs=$1
    shift
    rm -f here.*
    seq "$((jobs + 2))" | expect_status 0 "$@" sh -c '
        : >"here.$2"; until [ $(ls here.* | wc -l) -ge "$0" ]; do sleep 0.01; done; echo "$1"' "$jobs" '{%}' '{}'
    [ "$(sort -n out | tail -n 1)" -le "$jobs" ] || fail "$*: slots $(sort -un out | tr "\n" " ")"
}
check_jobs 1 taskset -c "$first" cpool
check_jobs 2 taskset -c "$first" cpool -j200%
check_jobs 1 taskset -c "$first" cpool -j 50%
check_jobs 3 taskset -c "$first" cpool -j+2
check_jobs 1 taskset -c "$first" cpool -j-1
