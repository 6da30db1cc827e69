#! /bin/sh
# What a task costs besides itself, in figures that do not wobble: at most 18 system calls of cpool's own with its output
# captured, parent and worker together, and next to no page faults more than the bare limit has. bench/syscalls counts them.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

need strace cc awk
strace -f -o /dev/null true 2>/dev/null || skip 'strace is not permitted here'
linux_extras || skip 'only Linux has what makes it cheap'
sanitized && skip 'sanitizers have system calls and page faults of their own'

CPOOL=$(command -v cpool) BENCH_DIR=$PWD/bench JOBS=2 sh "$CPOOL_SRCDIR/bench/syscalls" >counts 2>err ||
    fail "bench/syscalls: $(cat err)"
calls=$(awk '$1 == "total" { print $4 }' counts)
faults=$(awk '$1 == "page-faults" { print $4 - $2 }' counts)
awk -v calls="$calls" -v faults="$faults" 'BEGIN { exit !(calls > 5 && calls <= 18.2 && faults != "" && faults <= 2) }' ||
    fail "$calls system calls, $faults page faults for each task: $(cat counts)"
