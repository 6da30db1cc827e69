#! /bin/sh
# A function that takes too long: its worker is replaced, the other items of the chunk have their answers.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

expect_status 2 timeout 20 cpool -j1 --timeout 1.2 nap 0.01 1000 0.02 1000 0.03
expect_out 0.01 0.02 0.03
expect_err_match "^cpool: 2 of 5 tasks failed\$"
expect_err_match "^cpool: item 2 '1000': timed out after 1.2 s\$"
expect_status 1 timeout 20 cpool -j2 --timeout 1.2 --chunk 4 fib 1 2 60 3
expect_out 1 1 2
! grep -q lost err || fail "$(cat err)"
