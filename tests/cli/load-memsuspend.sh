#! /bin/sh
# --memsuspend: while less than twice SIZE is free the youngest tasks are stopped, the oldest never is; they go on when older
# ones have ended, and each is run once.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"
. "$CPOOL_SRCDIR/tests/cli/load-lib.inc"

find_size
cat >memsuspend-task <<'END'
echo "$1" >>runs
until [ -e end ]; do sleep 0.05; done
echo "$1"
END
# One may be stopped before it has done anything.
stopped () {
    tasks_of memsuspend-task >now
    while read -r process task; do
        ! is_stopped "$process" || echo "$task"
    done <now >which
    [ -s which ]
}
start cpool -j 8 --memsuspend "$size" sh memsuspend-task ::: 1 2 3 4 5 6
wait_for stopped
! grep -qx 1 which || fail 'the oldest task is stopped'
[ "$(sort now | wc -l)" -gt "$(wc -l <which)" ] || fail 'all are stopped'
: >end
expect_end 0
expect_out 1 2 3 4 5 6
expect_err_empty
[ "$(sort runs | tr '\n' ' ')" = '1 2 3 4 5 6 ' ] || fail "the tasks that were run: $(cat runs)"
