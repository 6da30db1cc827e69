#! /bin/sh
# With -u tasks write to the terminal themselves: nothing is drawn over or erased there.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

need_terminal
TERM=xterm
export TERM

expect_status 0 "$terminal" cpool -u --bar -j1 'printf "%s " {}; sleep 0.2' ::: 1 2 3
printf '1 2 3 cpool: 100%% [#####################################] 3/3\n' >expected
sed 's/cpool: .*\] [12]\/3$//' out | tr -d '\n' | sed 's/$/\n/' | tr -d '\r' >joined
LC_ALL=C grep -q "$(printf '\033')" out && fail "$(od -c out)"
grep -q '100% \[#*\] 3/3$' joined || fail "$(cat out)"
