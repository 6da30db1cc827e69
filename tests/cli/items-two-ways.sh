#! /bin/sh
# Items behind a function and items given in another way: which ones are meant is not guessed.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

echo x >list
for words in '-a list fib 1' 'fib 1 ::: 2' 'fib 1 :::: list'; do
    # shellcheck disable=SC2086
    expect_status 125 cpool $words
    expect_out_empty
    expect_err_match '^cpool: fib: has items behind it, and others by -a or :::'
done
