#! /bin/sh
# What a task left in the background wrote last belongs to that task, though it ends between the look at the task's output and the
# look for who is left of it: strace holds the worker up there. Once the next task was said to have written it, or nobody.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

need strace
sanitized && skip 'the sanitizers do not work under strace'
strace -f -o /dev/null -e inject=wait4:delay_enter=1 true 2>/dev/null || skip 'strace can hold up nobody here'
expect_status 0 strace -f -o /dev/null -e trace=wait4 -e inject=wait4:delay_enter=100000 \
    cpool -j1 --tag sh -c '(i=0; while [ $i -lt 20000 ]; do i=$((i + 1)); done; echo last) & echo first' ::: 1 2
printf '%s\t%s\n' 1 first 1 last 2 first 2 last >wanted
expect_out_file wanted
