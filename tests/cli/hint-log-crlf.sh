#! /bin/sh
# A log of which some program has made one with CR LF is told from one that is none.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

expect_status 0 cpool --joblog log echo ::: a b
sed 's/$/\r/' log >other
cp other untouched
for words in --resume --resume-failed; do
    expect_status 125 cpool --joblog other $words touch ran ::: a
    expect_err_match "^cpool: --joblog: other: line 1 is none of a log in GNU parallel's columns; its lines end in CR LF; .*sed -i"
done
expect_status 125 cpool --joblog +other touch ran ::: a
expect_err_match 'its lines end in CR LF'
cmp -s other untouched || fail 'it was written to'
sed -i 's/\r$//' other
expect_status 0 cpool --joblog other --resume echo ::: a b
expect_out_empty
echo none >other
expect_status 125 cpool --joblog other --resume touch ran ::: a
! grep -q 'CR LF' err || fail "$(cat err)"
[ ! -e ran ] || fail 'a task was run'
