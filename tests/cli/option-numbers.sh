#! /bin/sh
# Numbers are read strictly, and the message says which option it is and what may be written.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

for bad in x 1.5 3x 1e3 ' ' 5%% % - '' +-1 0x3 1,5 inf nan; do
    expect_status 125 cpool -j "$bad" true ::: a
    expect_err_match '^cpool: -j: .*50%'
done
for bad in x -1 1.5 '' 99999999999999999999 '3 ' 3x; do
    expect_status 125 cpool -n "$bad" true ::: a
    expect_err_match '^cpool: -n: .*whole number'
    expect_status 125 cpool --chunk "$bad" fib 1
    expect_err_match '^cpool: --chunk: .*whole number'
    expect_status 125 cpool -L "$bad" true ::: a
    expect_err_match '^cpool: -L: .*whole number'
    expect_status 125 cpool -s "$bad" true ::: a
    expect_err_match '^cpool: -s: .*whole number'
done
for zero in -L -s --chunk --total; do
    expect_status 125 cpool "$zero" 0 true ::: a
    expect_err_match "^cpool: $zero: '0' is not a whole number from 1 "
done
for bad in x -1 '' 5q; do
    expect_status 125 cpool --grace "$bad" true ::: a
    expect_err_match '^cpool: --grace: .*duration'
done
