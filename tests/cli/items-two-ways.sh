#! /bin/sh
# Items given in two ways: which ones are meant is not guessed.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

echo x >list
for words in '-a list echo ::: y' '-a list fib 1' 'fib 1 ::: 2' 'echo ::: 1 ::: 2' '-a list -a list echo'; do
    # shellcheck disable=SC2086
    expect_status 125 cpool $words
    expect_out_empty
    expect_err_match '^cpool: .*(more than one way|given twice)'
done
