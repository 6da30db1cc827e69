#! /bin/sh
# As process 1, which no signal ends: status 128 + n. What is orphaned comes to it and is reaped.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

[ "$(id -u)" -eq 0 ] || skip 'only root can make a pid namespace'
need unshare pgrep
unshare -pf --mount-proc true 2>/dev/null || skip 'no pid namespace may be made here'
for signal in HUP:129 INT:130 TERM:143; do
    rm -f pid
    # A shell between, since unshare ignores signals while it waits.
    start sh -c 'unshare -pf --mount-proc cpool --grace 0.2 sh -c "trap \"\" TERM; echo \$\$ >pid; while :; do sleep 1000; done" ::: x; exit $?'
    wait_for test -s pid
    kill -"${signal%:*}" "$(pgrep -P "$(pgrep -P "$started")")"
    expect_end_soon "${signal#*:}"
done
expect_status 2 timeout 20 unshare -pf --mount-proc cpool -j2 sh -c 'echo "$$ $1"; [ "$1" -lt 3 ]' _ ::: 1 2 3 4

# Orphans end at once; were they not reaped, each would stay as a zombie.
seq 40 >in
expect_status 0 timeout 20 unshare -pf --mount-proc cpool -j1 sh -c '(true & true &) >/dev/null 2>&1
    grep -ls "^State:[[:space:]]*Z" /proc/[0-9]*/status | wc -l' <in
[ "$(sort -n out | tail -n 1)" -lt 20 ] || fail "$(sort -n out | tail -n 1) zombies"
