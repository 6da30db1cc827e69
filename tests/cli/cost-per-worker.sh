#! /bin/sh
# A worker costs the parent at most 4 KiB of memory, however many there are.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

need bash pgrep
sanitized && skip 'the sanitizers need memory of their own'
for limit in u 'H -n'; do
    # shellcheck disable=SC2086
    bash -c '[ "$(ulimit -$1)" = unlimited ] || [ "$(ulimit -$1)" -gt 4000 ]' _ "$limit" ||
        skip "too low a limit for so many workers: ulimit -$limit"
done

has_workers () { [ "$(pgrep -c -P "$started")" -eq "$1" ]; }

memory_with () { # COUNT: of the parent with so many workers, in KiB, into $memory
    yes 1000 | head -n "$1" >in
    start cpool -j"$1" --chunk=1 -a in nap
    wait_for has_workers "$1"
    memory=$(sed -n 's/^VmHWM:[[:space:]]*\([0-9]*\) kB$/\1/p' "/proc/$started/status")
    [ -n "$memory" ] || skip 'no VmHWM in /proc'
    kill -TERM "$started"
    expect_end 143
}
memory_with 100
few=$memory
memory_with 600
[ $((memory - few)) -le 2000 ] || fail "$few KiB with 100 workers, $memory KiB with 600"
