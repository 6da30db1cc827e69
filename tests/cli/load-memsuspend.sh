#! /bin/sh
# --memsuspend: while less than twice SIZE is free the youngest tasks are stopped, the oldest never is; they go on when older
# ones have ended, and each is run once.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

linux_extras || skip 'memory is asked of /proc'
# What is free in cpool's own eyes; SIZE such that about two tasks may go on.
start cpool --memfree 1000T echo ::: a
wait_for grep -q 'MiB are free' err
free=$(sed -n 's/.* \([0-9]*\) MiB are free.*/\1/p' err)
kill "$started"
expect_end 143
[ "$free" -ge 64 ] || skip "only $free MiB are free"

cat >memsuspend-task <<'END'
echo "$1" >>runs
until [ -e end ]; do sleep 0.05; done
echo "$1"
END
# Its processes, with the number of the task behind; one may be stopped before it has done anything.
tasks () {
    for _process in $(cd /proc && echo [0-9]*); do
        _line=$(tr '\0' ' ' 2>/dev/null <"/proc/$_process/cmdline")
        case $_line in
            'sh memsuspend-task '*) echo "$_process ${_line#sh memsuspend-task }" ;;
        esac
    done
}
stopped () {
    tasks >now
    while read -r process task; do
        case $(state "$process") in [TD]) echo "$task" ;; esac # D: a shell whose child, which has not called exec yet, is stopped
    done <now >which
    [ -s which ]
}
start cpool -j 8 --memsuspend "$((free * 100 / 158))M" sh memsuspend-task ::: 1 2 3 4 5 6
wait_for stopped
! grep -qx 1 which || fail 'the oldest task is stopped'
[ "$(sort now | wc -l)" -gt "$(wc -l <which)" ] || fail 'all are stopped'
: >end
expect_end 0
expect_out 1 2 3 4 5 6
expect_err_empty
[ "$(sort runs | tr '\n' ' ')" = '1 2 3 4 5 6 ' ] || fail "the tasks that were run: $(cat runs)"
