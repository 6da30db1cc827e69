#! /bin/sh
# Without items on the command line, the lines of standard input are the items.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

printf '%s\n' a 'b c' '  d  ' >in
expect_status 0 cpool echo <in
expect_out a 'b c' '  d  '
expect_err_empty
