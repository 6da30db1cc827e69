#! /bin/sh
# An item beyond 16 MiB ends the run with a message that guesses why.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

head -c 17000000 /dev/zero | tr '\0' x >in
expect_status 125 cpool identity <in
expect_out_empty
expect_err_match '^cpool: standard input: .*longer than 16 MiB.*-0'
