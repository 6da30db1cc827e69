#! /bin/sh
# Numbers are read strictly, and the message says which option it is and what may be written.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

for bad in x 1.5 3x 1e3 ' ' 5%% % -; do
    expect_status 125 cpool -j "$bad" true ::: a
    expect_err_match '^cpool: -j: .*50%'
done
for bad in x 0 -1 1.5 '' 99999999999999999999 ' 3 ' 3x; do
    expect_status 125 cpool -n "$bad" true ::: a
    expect_err_match '^cpool: -n: .*whole number'
    expect_status 125 cpool --chunk "$bad" fib 1
    expect_err_match '^cpool: --chunk: .*whole number'
done
for bad in x -1 '' 5q; do
    expect_status 125 cpool --grace "$bad" true ::: a
    expect_err_match '^cpool: --grace: .*duration'
done
