#! /bin/sh
# A full disk behind the memory stops the handing out until the first task is done; nothing is lost.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

[ "$(id -u)" -eq 0 ] || skip 'only root can mount a small disk'
need unshare mount
unshare -m true 2>/dev/null || skip 'no mount namespace may be made here'
mkdir disk
mkfifo go
unshare -m sh -c 'mount -t tmpfs -o size=1m none disk' 2>/dev/null || skip 'nothing can be mounted here'
start unshare -m sh -c 'mount -t tmpfs -o size=1m none disk && exec cpool -j2 --tmpdir disk sh -c "
    [ \$1 != 1 ] || read -r _ <go
    yes \$1 | head -c 12000000; : >done.\$1" _ ::: 1 2 3 4 5 6 7 8 9'
wait_for test -e done.5
echo >go
expect_end 0
for item in 1 2 3 4 5 6 7 8 9; do
    yes "$item" | head -c 12000000
done | cmp -s - out || fail 'other output came out'
