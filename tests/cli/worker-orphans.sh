#! /bin/sh
# Processes that tasks left behind and that have ended since do not pile up as zombies.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

[ -r /proc/self/status ] || skip 'no /proc'
seq 60 >in
expect_status 0 cpool -j1 sh -c '(true) >/dev/null 2>&1 &
    grep -lsx "PPid:[[:space:]]*$PPID" /proc/[0-9]*/status | xargs grep -lsx "State:[[:space:]]*Z.*" | wc -l' <in
[ "$(sort -n out | tail -n 1)" -lt 30 ] || fail "$(tail -n 1 out) zombies"
