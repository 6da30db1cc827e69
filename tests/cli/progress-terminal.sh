#! /bin/sh
# --bar on the terminal that tasks write to, too: each of their lines is there as they wrote it, and the bar below the last one.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

need_terminal
TERM=xterm
export TERM

expect_status 0 "$terminal" -p cpool --bar -j3 'echo out {}; echo err {} >&2; sleep 0.0{}' ::: 1 2 3 4 5 6 7 8 9
grep -v '^100% \[##*\] 9/9$' out | sort >lines
for i in 1 2 3 4 5 6 7 8 9; do
    printf 'err %s\nout %s\n' $i $i
done | sort | cmp -s - lines || fail "wrong lines: $(cat out)"
tail -n 1 out | grep -Eq '^100% \[#+\] 9/9$' || fail "the last line is not the bar: $(cat out)"
