#! /bin/sh
# Where tasks are short N% of their median would be less than a busy machine lets any of them wait: it is one second more at least.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

expect_status 1 timeout 30 cpool -j1 --timeout 150% --grace 0.1 sh -c '[ "$1" != 1000 ] || exec sleep 1000' _ ::: 1 2 3 4 5 1000 6
expect_err_match "^cpool: item [0-9]+ '1000': timed out after [0-9.]+ s\$"
expect_status 1 timeout 30 cpool -j1 --timeout 150% nap 0 0 0 0 0 1000 0
expect_err_match "^cpool: item [0-9]+ '1000': timed out after [0-9.]+ s\$"
