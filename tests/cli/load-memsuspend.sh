#! /bin/sh
# --memsuspend: while less than twice SIZE is free the youngest tasks are stopped, and go on when an older one has ended;
# each is run once, and a time limit does not run meanwhile.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

linux_extras || skip 'memory is asked of /proc'
# What is free in cpool's own eyes; SIZE such that two tasks may go on.
start cpool --memfree 1000T echo ::: a
wait_for grep -q 'MiB are free' err
free=$(sed -n 's/.* \([0-9]*\) MiB are free.*/\1/p' err)
kill "$started"
expect_end 143
[ "$free" -ge 64 ] || skip "only $free MiB are free"

# Task N is there when it has written N.pid, and ends when `end` is there, the first with `first`.
cat >task <<'END'
echo $$ >"$1.pid.new" && mv "$1.pid.new" "$1.pid"
echo "$1" >>runs
until [ -e end ] || [ "$1$(echo first*)" = 1first ]; do sleep 0.05; done
echo "$1"
END
start cpool -j 4 --memsuspend "$((free * 100 / 158))M" --timeout 60 sh task ::: 1 2 3
stopped () {
    [ -e 3.pid ] && [ "$(state "$(cat 3.pid)")" = T ]
}
goes () {
    ! stopped
}
wait_for stopped
[ "$(state "$(cat 1.pid)")" != T ] || fail 'the oldest task is stopped'
[ "$(state "$(cat 2.pid)")" != T ] || fail 'the second task is stopped'
: >first
wait_for goes
: >end
expect_end 0
expect_out 1 2 3
expect_err_empty
[ "$(sort runs | tr '\n' ' ')" = '1 2 3 ' ] || fail "the tasks that were run: $(cat runs)"
