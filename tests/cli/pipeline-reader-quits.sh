#! /bin/sh
# A writer whose reader has gone is ended by SIGPIPE, and that is no failure if the reader did well.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

expect_status 0 timeout 20 cpool -j2 yes '|' head -n 1 ::: a b
expect_out a b
expect_err_empty
expect_status 0 timeout 20 cpool yes '|' cat '|' cat '|' head -n 1 ::: a
expect_out a
expect_err_empty
# The last program has no reader that could quit.
expect_status 1 cpool cat '|' sh -c 'kill -PIPE $$' ::: /dev/null
expect_err_match 'ended by SIGPIPE of program 2'
