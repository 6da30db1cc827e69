#! /bin/sh
# What a task costs besides itself, in figures that do not wobble: system calls of cpool's own, parent and worker together, with its
# output captured and without, and next to no page faults more than the bare limit has. bench/syscalls counts them. How many tasks
# share one message, of three calls, depends on how fast the machine is; so these are counted apart.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

need strace cc awk
strace -f -o /dev/null true 2>/dev/null || skip 'strace is not permitted here'
linux_extras || skip 'only Linux has what makes it cheap'
sanitized && skip 'sanitizers have system calls and page faults of their own'

CALLS_FEW=100 CALLS_MANY=500 CPOOL=$(command -v cpool) BENCH_DIR=$PWD/bench JOBS=2 sh "$CPOOL_SRCDIR/bench/syscalls" >counts 2>err ||
    fail "bench/syscalls: $(cat err)"
# own COLUMN: calls for each task but for those of messages (3: captured and in order; 4: cpool; 5: cpool -u)
own() {
    awk -v column="$1" '$1 ~ /^(write|read|epoll_pwait)$/ { messages += $column }
        $1 == "total" { print $column - messages }' counts
}

calls=$(awk '$1 == "total" { print $4 }' counts) ungrouped=$(awk '$1 == "total" { print $5 }' counts)
faults=$(awk '$1 == "page-faults" { print $4 - $2 }' counts)
# at_most LIMIT NUMBER: and it is one
at_most() {
    awk -v limit="$1" -v number="$2" 'BEGIN { exit !(number != "" && number <= limit) }'
}

{
    at_most "$(own 5)" 5 && # they were counted at all
        at_most 16.5 "$calls" && at_most 13.3 "$(own 4)" &&
        at_most 11.8 "$ungrouped" && at_most 8.6 "$(own 5)" && at_most 2 "$faults"
} || fail "$calls system calls, $ungrouped ungrouped, $faults page faults for each task: $(cat counts)"
