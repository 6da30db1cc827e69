#! /bin/sh
# Options that only make sense for a command are refused for a function, rather than ignored.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

for words in -n2 -N2 -L1 -X -m --xargs '-s 9' -x '-C ,' --csv '--header :' '--trim l' '-I x' '--env A=b' '--wd .' -t -c -q; do
    # shellcheck disable=SC2086
    [ "$words" != -c ] || continue # makes it a command
    # shellcheck disable=SC2086
    expect_status 125 cpool $words fib 5
    expect_out_empty
    expect_err_match "^cpool: .*(is for a COMMAND|takes one item at a time)"
    [ "$(wc -l <err)" -eq 1 ] || fail "$words: more than one line"
done
