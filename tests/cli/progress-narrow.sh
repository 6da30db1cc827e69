#! /bin/sh
# No terminal is too narrow: the line is never broken in two, and output is whole.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

need_terminal
TERM=xterm
export TERM

for columns in 1 2 3 5 8 13 21 34 55 89; do
    expect_status 0 "$terminal" -p -c $columns cpool --bar --progress --eta -j1 'echo {}; sleep 0.12' ::: 1 2 3
    sed '/%/d; /\//d' out >lines
    [ "$(tr '\n' ' ' <lines)" = '1 2 3 ' ] || fail "$columns columns: $(cat out)"
    [ "$(wc -l <out)" -le 4 ] || fail "$columns columns: $(cat out)"
done
