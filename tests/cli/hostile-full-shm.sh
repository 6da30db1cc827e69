#! /bin/sh
# A full, a tiny and a missing /dev/shm make no difference.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

[ "$(id -u)" -eq 0 ] || skip 'only root can mount'
need unshare mount
[ -d /dev/shm ] || skip 'no /dev/shm'
unshare -m sh -c 'mount -t tmpfs -o size=4k none /dev/shm' 2>/dev/null || skip 'nothing can be mounted here'
seq 1000 >in
expect_status 0 timeout 20 unshare -m sh -c 'mount -t tmpfs -o size=4k none /dev/shm
    head -c 100000 /dev/zero >/dev/shm/full 2>/dev/null
    exec cpool -j4 identity <in'
expect_out_file in
expect_status 0 timeout 20 unshare -m sh -c 'mount -t tmpfs -o ro none /dev/shm; exec cpool -j4 sh -c "echo \$1" _ <in'
expect_out_file in
