# Count the pool's own system calls in a trace made by strace -f -o: those of its processes, and those of
# a child up to and including the execve that turns it into the task. Prints "call count" lines.

{
    pid = $1
    if (NR == 1)
        first = pid # the pool itself begins with an execve too
    what = $2
}

# A process ended: its number may come again.
what == "+++" {
    delete task[pid]
    next
}

what == "---" {
    next
}

# The second half of a call that was counted when it began.
what == "<..." {
    if ($3 == "execve" && $NF == "0" && pid != first)
        task[pid] = 1
    next
}

!(pid in task) {
    name = what
    sub(/\(.*/, "", name)
    calls[name]++
    if (name == "execve" && $NF == "0" && pid != first)
        task[pid] = 1
}

END {
    for (name in calls)
        print name, calls[name]
}
