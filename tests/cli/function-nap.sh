#! /bin/sh
# nap sleeps for a duration and answers it; what is no duration is refused.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

expect_status 2 cpool nap 0 0.001 x 1ms2 0s
expect_out 0 0.001 0s
expect_err_match "^cpool: nap: 'x': not a duration"
