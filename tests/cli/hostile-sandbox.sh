#! /bin/sh
# A sandbox that refuses what only Linux has, each call alone and all together, by EPERM and by ENOSYS: the portable
# ways do. (The tasks are loops of the shell: where futexes are refused sleep(1) aborts.)
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

deny=$CPOOL_BUILDDIR/tests/tools/deny
[ -x "$deny" ] || skip "$deny is not built"
"$deny" EPERM pidfd_open true || skip 'no system call can be denied here'
sanitized && skip 'the sanitizers use these calls themselves'
seq 300 >in
all=pidfd_open,memfd_create,close_range,epoll_create1,sched_getaffinity,pdeathsig,subreaper,futex,rt_sigtimedwait,set_tid_address,signalfd
for refused in EPERM:pidfd_open EPERM:epoll_create1 EPERM:sched_getaffinity EPERM:pdeathsig EPERM:subreaper \
    EPERM:futex ENOSYS:pidfd_open,futex EPERM:rt_sigtimedwait ENOSYS:rt_sigtimedwait,pidfd_open EPERM:set_tid_address \
    EPERM:signalfd ENOSYS:signalfd EPERM:$all ENOSYS:$all; do
    error=${refused%%:*}
    calls=${refused#*:}
    sandbox="timeout 20 $deny $error $calls"
    # shellcheck disable=SC2086
    {
        expect_status 0 $sandbox cpool -j3 identity <in
        expect_out_file in
        expect_err_empty
        expect_status 1 $sandbox cpool -j2 --timeout 1 --grace 0.1 sh -c 'echo "$1"; [ "$1" != 2 ] || { trap "" TERM; while :; do :; done; }' _ ::: 1 2 3
        expect_out 1 2 3
        expect_status 0 $sandbox cpool -u -j2 sh -c 'i=0; while [ "$i" -lt "$1" ]; do i=$((i + 1)); done' _ ::: 1 20000 3
        expect_err_empty
        expect_status 1 $sandbox cpool -u -j2 --timeout 0.005 --grace 0.1 sh -c 'while :; do :; done' _ ::: 2
        expect_status 1 $sandbox cpool -j2 sh -c 'echo "$1"; [ "$1" != 2 ] || kill -KILL $PPID' _ ::: 1 2 3
        expect_err_match 'item 2 .*lost: its worker was ended by SIGKILL'
        start "$deny" "$error" "$calls" cpool -j2 --grace 0.1 sh -c 'trap "" TERM; echo $$ >pid; while :; do :; done' ::: x
    }
    wait_for test -s pid
    kill -TERM "$started"
    expect_end_soon 143
    gone "$(cat pid)" || fail "with $error for $calls the task is still there"
    rm pid
    start "$deny" "$error" "$calls" cpool -u -j2 --grace 0.1 sh -c 'trap "" TERM; echo $$ >pid; while :; do :; done' ::: x
    wait_for test -s pid
    kill -TERM "$started"
    expect_end_soon 143
    gone "$(cat pid)" || fail "with $error for $calls the ungrouped task is still there"
    rm pid
done
