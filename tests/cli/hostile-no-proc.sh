#! /bin/sh
# No /proc: everything works, and what left its task's session is the only thing that can't be found.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

[ "$(id -u)" -eq 0 ] || skip 'only root can mount'
need unshare mount
sanitized && skip 'the sanitizers read /proc'
unshare -m sh -c 'mount -t tmpfs none /proc' 2>/dev/null || skip 'nothing can be mounted here'
seq 200 >in
blind="mount -t tmpfs none /proc; exec"
expect_status 0 timeout 20 unshare -m sh -c "$blind cpool -j3 sh -c 'echo \$1' _ <in"
expect_out_file in
expect_status 0 timeout 20 unshare -m sh -c "$blind cpool -j3 identity <in | cat"
expect_out_file in
expect_status 1 timeout 20 unshare -m sh -c "$blind cpool -j2 --timeout 0.3 --grace 0.1 sh -c 'trap \"\" TERM; sleep 1000 & sleep 1000' ::: x"
expect_status 2 timeout 20 unshare -m sh -c "$blind cpool -j2 sh -c 'sleep 0.05 >/dev/null & echo \$1; [ \$1 -lt 3 ]' _ ::: 1 2 3 4"
expect_out 1 2 3 4
start unshare -m sh -c "$blind cpool -j2 --grace 0.1 sh -c 'trap \"\" TERM; echo \$\$ >pid; while :; do sleep 1000; done' ::: x"
wait_for test -s pid
kill -TERM "$started"
expect_end_soon 143
gone "$(cat pid)" || fail 'the task is still there'

# What the task has left in its group goes with it, though the task itself ends at once.
for before in '' "true '|'"; do
    rm -f pid
    expect_status 1 timeout 20 unshare -m sh -c "$blind cpool --timeout 1 --grace 0.2 $before sh -c 'trap \"\" TERM; sleep 1000 & echo \$! >pid; trap - TERM; wait' ::: x"
    wait_for gone "$(cat pid)"
done
