#! /bin/sh
# An unknown letter is named, wherever it stands among others.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

for words in -Z -kZ -kZr -Zk '-k -Z' '--null -Z' '--null -Zk' '-j2 -Zk' '--jobs=2 -Zr' '-j 2 -rZk'; do
    # shellcheck disable=SC2086
    expect_status 125 cpool $words touch ran ::: a
    expect_out_empty
    expect_err_match '^cpool: -Z: no such option'
    [ "$(wc -l <err)" -eq 1 ] || fail "$words: more than one line"
done
[ ! -e ran ] || fail 'a task was run'
