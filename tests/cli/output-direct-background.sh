#! /bin/sh
# A slow reader gets all that a task has written, also where the task has left a process behind that holds its output open.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

# The pause is longer than such a process is waited for.
{ cpool -j1 sh -c 'head -c 8388608 /dev/zero; sleep 2 & : "$1"' sh ::: 1; } 2>err |
    { head -c 7000000 | wc -c; sleep 0.5; wc -c; } >sizes
[ "$(awk '{ sum += $1 } END { print sum }' sizes)" -eq 8388608 ] || fail "$(cat sizes)"
expect_err_empty
