#! /bin/sh
# A command of many kilobytes is told whole, and in one piece, while other tasks run.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

long=$(head -c 100000 /dev/zero | tr '\0' x)
seq 20 | sed "s/\$/$long/" >in
for words in -j1 -j4 '-j4 --tag' '-j4 --retries 2'; do
    # shellcheck disable=SC2086
    cpool $words -t true "$long" <in 2>told >out
    [ "$(wc -c <told)" -eq 4000171 ] || fail "$words: $(wc -c <told) bytes"
    [ "$(tr -s x <told | sort)" = "$(seq 20 | sed 's/.*/true x &x/' | sort)" ] || fail "$words: $(tr -s x <told)"
    expect_out_empty
done
