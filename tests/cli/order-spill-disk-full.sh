#! /bin/sh
# In each order a disk that is full makes all wait but the one whose output can go out; nothing is lost and nothing hangs.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

[ "$(id -u)" -eq 0 ] || skip 'only root can mount a small disk'
need unshare mount
unshare -m true 2>/dev/null || skip 'no mount namespace may be made here'
mkdir disk
unshare -m sh -c 'mount -t tmpfs -o size=1m none disk' 2>/dev/null || skip 'nothing can be mounted here'
for order in --as-completed --line-buffer --interleave; do
    # One line each, so that --line-buffer has to keep it.
    # shellcheck disable=SC2016 # the inner shells expand it
    expect_status 0 timeout 100 unshare -m sh -c 'mount -t tmpfs -o size=1m none disk && exec cpool -j3 --tmpdir disk '$order' sh -c "
        head -c 45000000 /dev/zero | tr \"\\0\" \$1; echo" _ ::: 1 2 3 4'
    [ "$(wc -c <out)" -eq 180000004 ] || fail "$order: $(wc -c <out) bytes"
    [ "$(tr -s 1234 <out | sort | tr '\n' ' ')" = '1 2 3 4 ' ] || fail "$order: lines are torn"
done
