#! /bin/sh
# - is standard input wherever a file is named, and only once.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

for words in '-a - echo' 'echo :::: -' '--arg-file=- echo' 'echo ::::+ -'; do
    # shellcheck disable=SC2086
    printf 'a\nb' | expect_status 0 cpool $words
    expect_out a b
done
for words in ':::: - -' ':::: - ::::+ -'; do
    # shellcheck disable=SC2086
    echo a | expect_status 125 cpool touch ran $words
    expect_err_match '^cpool: standard input can.t be two sources'
done
expect_status 0 cpool echo ::: -
expect_out -
[ ! -e ran ] || fail 'a task was run'
