#! /bin/sh
# A product of a thousand million rows starts at once, and its memory does not grow with it.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

linux_extras || skip 'memory is read from /proc'
need_proc
numbers=$(seq 1000)
mkfifo out
# shellcheck disable=SC2086
env --default-signal=PIPE cpool -j2 --dry-run echo ::: $numbers ::: $numbers ::: $numbers >out 2>err &
started=$!
exec 8<out
for item in 1 2 3; do
    read -r line <&8
    [ "$line" = "echo 1 1 $item" ] || fail "line $item is: $line"
done
peak () { sed -n 's/^VmHWM:[^0-9]*\([0-9]*\).*/\1/p' "/proc/$started/status"; }
before=$(peak)
head -n 200000 <&8 | tail -n 1 >last
after=$(peak)
grep -q '^echo 1 ' last || fail "far ahead: $(cat last)"
sanitized || [ "$after" -lt 100000 ] || fail "$after KiB"
sanitized || [ "$((after - before))" -lt 80000 ] || fail "from $before to $after KiB"
exec 8<&-
wait "$started" 2>/dev/null
[ "$?" -eq 141 ] || fail 'it did not end by SIGPIPE'
[ ! -s err ] || fail "$(cat err)"
