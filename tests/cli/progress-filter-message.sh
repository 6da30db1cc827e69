#! /bin/sh
# What a worker says itself stands on a line of its own, too.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

need_terminal
TERM=xterm
export TERM

printf 'a\n' >items
expect_status 1 "$terminal" -p -c 200 cpool --bar -j1 -a items --filter=len sh -c 'read -r _; printf nonsense'
grep -v -e '^100% ' -e '^cpool: .*[a-zA-Z]$' -e "^cpool: .*'$" out >odd
[ ! -s odd ] || fail "$(cat out)"
grep -q '^cpool: ' out || fail "$(cat out)"
