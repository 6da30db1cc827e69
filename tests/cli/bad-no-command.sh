#! /bin/sh
# Without a command: one line, status 125, whatever else is there.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

echo x >list
for words in '' '::: a' ':::: list' '-a list' '--' '-j2 :::' '--dry-run ::: a' '-- ::: a' ':::+ a'; do
    # shellcheck disable=SC2086
    expect_status 125 cpool $words
    expect_out_empty
    expect_err_match '^cpool: no FUNCTION or COMMAND given'
    [ "$(wc -l <err)" -eq 1 ] || fail "$words: more than one line"
done
