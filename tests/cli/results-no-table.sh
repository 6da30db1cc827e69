#! /bin/sh
# What is no table of ours is not gone on with, and nothing is taken out of it.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"
refuse () {
    cp t.csv before
    expect_status 125 cpool --joblog log --resume --results t.csv echo ::: a
    expect_err_match "^cpool: --results: t.csv: what stands from byte $1 on is no row of such a table"
    cmp t.csv before || fail 'it was changed'
}
printf 'name,year\nAda,1815\n' >t.csv
refuse 1
# A quote that nobody closes makes all that follows look like one torn row.
printf '%s\n' Seq,Host '1,:,1.0,0,"' 2,:,1.0,0, 3,:,1.0,0, >t.csv
refuse 10
printf '%s\n' Seq,Host '1,:,1.0,0,' garbage >t.csv
refuse 21
# With a log that knows nothing of earlier rows, but none that is ours either, all is left where it is.
rm -f log t.csv
expect_status 0 cpool --results t.csv echo ::: a b
expect_status 0 cpool --joblog log --resume --results t.csv echo ::: c
expect_err_empty
[ "$(grep -c '^[1-3],' t.csv)" -eq 3 ] || fail "$(cat t.csv)"
