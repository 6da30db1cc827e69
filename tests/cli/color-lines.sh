#! /bin/sh
# What may turn out to be red is held to its task's end, with --line-buffer, too; but not where it is no terminal that it goes to.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"
need script
script -qec true /dev/null >/dev/null 2>&1 || skip 'no terminal can be had here'
cat >task <<'END'
echo "$1 1"
[ "$1" = a ] || { until [ -e first ]; do sleep 0.01; done; exit 1; }
: >first
until grep -qs "b 1" "$SEEN"; do sleep 0.01; done
echo "$1 2"
END
unset NO_COLOR
SEEN=$PWD/raw TERM=xterm script -qec "\"$CPOOL\" -j2 --color-failed --line-buffer sh task ::: a b 2>err" /dev/null >raw
tr -d '\r' <raw | tr '\033' '^' >shown
printf '%s\n' '^[31mb 1^[0m' 'a 1' 'a 2' | cmp -s - shown || fail "$(cat shown)"
rm first
SEEN=$PWD/out TERM=xterm cpool -j2 --color-failed --line-buffer sh task ::: a b 2>err >out
sort out >sorted
printf '%s\n' 'a 1' 'a 2' 'b 1' | cmp -s - sorted || fail "$(cat out)"
[ "$(tail -n 1 out)" = 'a 2' ] || fail "$(cat out)"
