#! /bin/sh
# A task that a signal ended has failed, and the signal is named.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

expect_status 1 cpool -j1 sh -c '[ "$1" = ok ] || kill -SEGV $$' _ ::: ok bad ok
expect_err_match '^cpool: 1 of 3 tasks failed$'
expect_err_match '^cpool: item 2 .bad.: ended by SIGSEGV$'
