#! /bin/sh
# What a task writes while it is told to end comes out. It was lost when the worker was not scheduled between the task's
# last words and its end, as happens under load: here the task stops its worker before it speaks.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

[ -r /proc/self/stat ] || skip 'no /proc'
yes | head -c 50000 >wanted
task='trap "kill -STOP \$PPID; cat wanted; echo sorry >&2; exit 0" TERM
    echo $$ >pid; echo $PPID >worker; while :; do sleep 0.01; done'
for how in signal timeout; do
    rm -f worker
    if [ "$how" = signal ]; then
        start cpool -j1 sh -c "$task" ::: x
        wait_for test -s worker
        kill -TERM "$started"
        status=143
    else
        start cpool -j1 --timeout 0.3 sh -c "$task" ::: x
        wait_for test -s worker
        status=1
    fi
    wait_for gone "$(cat pid)"
    kill -CONT "$(cat worker)"
    expect_end_soon "$status"
    expect_out_file wanted
    expect_err_match '^sorry$'
done
