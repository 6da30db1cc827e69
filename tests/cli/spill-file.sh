#! /bin/sh
# What exceeds 64 MiB waits in a file without a name in --tmpdir; nothing of it stays.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

[ -d /proc/self/fd ] || skip 'no /proc/self/fd'
mkfifo go
mkdir store
start cpool -j2 --tmpdir store sh -c 'if [ "$1" = 1 ]; then read -r _ <go; else yes "$1" | head -c 24000000; fi
    : >"done.$1"' _ ::: 1 2 3 4 5
wait_for test -e done.5
spilt () { readlink "/proc/$started/fd/"* | grep -q "$PWD/store/.* (deleted)"; }
wait_for spilt
[ -z "$(ls -A store)" ] || fail 'the file has a name'
echo >go
expect_end 0
for item in 2 3 4 5; do
    yes "$item" | head -c 24000000
done | cmp -s - out || fail 'other output came out'
[ -z "$(ls -A store)" ] || fail "left: $(ls -A store)"
