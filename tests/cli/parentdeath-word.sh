#! /bin/sh
# A task that is being started sees that its worker is dead by a word in their memory, which the kernel clears. Before Linux 4.8, and
# in gVisor to this day, it does not where a signal has ended the worker: such a task would never end. Neither has pidfds, and where
# there are none each task asks for its parent instead.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

need strace
linux_extras || skip 'there each task asks anyway'
sanitized && skip 'the sanitizers have system calls of their own'
deny=$CPOOL_BUILDDIR/tests/tools/deny
[ -x "$deny" ] || skip "$deny is not built"
"$deny" ENOSYS pidfd_open true || skip 'no system call can be denied here'
strace -f -o trace "$deny" ENOSYS pidfd_open true || skip 'nothing can be traced here'
true=$(command -v true)

# Who asks for the parent that is one of ours: those that did so and then became the task.
asked () {
    awk '$2 ~ /^getppid/ { asks[$1] = 1 } $2 ~ /^execve/ && $1 in asks { count++ } END { print count + 0 }' trace
}

for error in ENOSYS EPERM; do
    expect_status 0 strace -f -e trace=getppid,execve -o trace "$deny" "$error" pidfd_open cpool -j2 "$true" ::: 1 2 3 4 5
    [ "$(asked)" -eq 5 ] || fail "$error: $(asked) of 5 tasks asked who their parent is: $(cat trace)"
done
