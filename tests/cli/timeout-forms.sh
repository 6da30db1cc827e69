#! /bin/sh
# What is a time limit, and what is none.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

for good in 10 1.5m 2h 1d 1h30m 0.5 500% 9999d; do
    expect_status 0 cpool --timeout "$good" echo ::: a
    expect_out a
done
for bad in 0 '' 5q -1 0% -5% % x% 1.5.5 nan inf 1e400; do
    expect_status 125 cpool --timeout "$bad" echo ::: a
    expect_err_match '^cpool: --timeout: '
    expect_out_empty
done
