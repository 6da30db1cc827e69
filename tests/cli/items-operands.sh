#! /bin/sh
# The operands of a function are its items.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

expect_status 0 cpool identity one 'two words' '' '*'
expect_out one 'two words' '' '*'
