#! /bin/sh
# Where the kernel refuses the parent-death signal and the subreaper, end of file on a pipe does.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

need pgrep
deny=$CPOOL_BUILDDIR/tests/tools/deny
[ -x "$deny" ] || skip "$deny is not built"
for error in EPERM ENOSYS; do
    "$deny" "$error" pdeathsig,subreaper,pidfd_open true || skip 'no system call can be denied here'
    start "$deny" "$error" pdeathsig,subreaper,pidfd_open cpool -j2 --grace 0.1 sh -c 'trap "" TERM
        echo $$ >"pid.$1"; sleep 1000 & echo $! >"child.$1"; sleep 1000' _ ::: 1 2
    wait_for test -s child.1
    wait_for test -s child.2
    kill -KILL "$started"
    expect_end_soon 137
    for file in pid.1 pid.2 child.1 child.2; do
        wait_for gone "$(cat "$file")"
        rm "$file"
    done

    start "$deny" "$error" pdeathsig,subreaper,pidfd_open cpool -j2 fib 60 60
    both () { [ "$(pgrep -c -P "$started")" -eq 2 ]; }
    wait_for both
    workers=$(pgrep -P "$started")
    kill -KILL "$started"
    expect_end_soon 137
    for worker in $workers; do
        wait_for gone "$worker"
    done
done
