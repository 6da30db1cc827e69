#! /bin/sh
# The arguments of a command are not its items: those come from standard input.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

seq 2 | expect_status 0 cpool echo a b
expect_out 'a b 1' 'a b 2'
