#! /bin/sh
# --dry-run shows the commands, without tags, and makes nothing.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

for words in --tag --json '--results DIR' '--results x.csv'; do
    # shellcheck disable=SC2086
    expect_status 0 cpool --dry-run $words echo ::: a b
    expect_out 'echo a' 'echo b'
    if [ -e DIR ] || [ -e x.csv ]; then
        fail "$words: something was made"
    fi
done
