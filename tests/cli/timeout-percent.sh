#! /bin/sh
# N% of the median: known from the third task on, then also for one that has begun before.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

expect_status 1 timeout 30 cpool -j2 --timeout 2000% --grace 0.1 sh -c 'sleep "$1"' _ ::: 1000 0.03 0.03 0.03 0.03
expect_err_match "^cpool: item [0-9]+ '1000': timed out after "
expect_err_match "^cpool: 1 of 5 tasks failed"
expect_status 1 timeout 30 cpool -j2 --timeout 2000% nap 0.03 0.03 0.031 0.03 1000 0.03
expect_out 0.03 0.03 0.031 0.03 0.03
