#! /bin/sh
# TMPDIR is where output goes that has to wait, --tmpdir comes before it.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

[ -d /proc/self/fd ] || skip 'no /proc/self/fd'
mkfifo go
mkdir store
start env TMPDIR="$PWD/store" cpool -j2 sh -c 'if [ "$1" = 1 ]; then read -r _ <go; else head -c 24000000 /dev/zero; fi
    : >"done.$1"' _ ::: 1 2 3 4 5
wait_for test -e done.5
spilt () { readlink "/proc/$started/fd/"* | grep -q "$PWD/store/.* (deleted)"; }
wait_for spilt
echo >go
expect_end 0
[ "$(wc -c <out)" -eq 96000000 ] || fail "$(wc -c <out) bytes"
