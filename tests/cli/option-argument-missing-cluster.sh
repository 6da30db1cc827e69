#! /bin/sh
# The option whose argument is missing is named, also as the last of several letters.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

for words in -j -kj -krj '--null -j' '--null -kj' '--jobs 2 -j'; do
    # shellcheck disable=SC2086
    expect_status 125 cpool $words
    expect_err_match '^cpool: -[kr]*j: needs an argument'
done
