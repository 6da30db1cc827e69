#! /bin/sh
# What can not be done together is told, not left out.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

for words in '-u --tag' '-u --tagstring x' '-u --json' '-u --results DIR' '-u --results x.csv' '--json --tag' \
    '--json --results x.json' '--results x.csv --tag' '--results x.csv --as-completed -C ,' '--results x.tsv --line-buffer -X'; do
    # shellcheck disable=SC2086
    expect_status 125 cpool $words touch ran ::: a
    [ "$(wc -l <err)" -eq 1 ] || fail "$words: $(cat err)"
    expect_err_match '^cpool: -'
    [ ! -e ran ] || fail "$words: a task was run"
    for made in x.csv x.tsv x.json DIR; do
        [ ! -e "$made" ] || fail "$words: $made was made"
    done
done
