#! /bin/sh
# What is no file of its own is neither locked nor emptied.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"
for path in /dev/stderr /dev/stdout; do
    [ -e $path ] || skip "there is no $path"
done
echo before >both
# Two of them at a time, one in the task of the other, which is captured.
cpool --joblog /dev/stderr -u sh -c 'cpool --joblog /dev/stderr echo ::: b' ::: x >out 2>>both || fail "$(cat both)"
[ "$(head -n 1 both)" = before ] || fail "$(cat both)"
[ "$(grep -c '^1	' both)" -eq 2 ] || fail "$(cat both)"
