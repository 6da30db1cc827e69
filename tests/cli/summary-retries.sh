#! /bin/sh
# --summary counts tries: a task that was tried again and succeeded has not failed.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

expect_status 0 cpool -j1 --summary --retries 3 'echo x >>{}; [ $(wc -l <{}) -ge 3 ]' ::: a b
expect_err_match '^  tasks       2 succeeded, 4 more tries$'
! grep -q '^  failed' err || fail 'failures are told'
