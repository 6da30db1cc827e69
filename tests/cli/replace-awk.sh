#! /bin/sh
# Braces that are no replacement string stay as they are: awk and find programs work as written.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

printf '1 2\n' >f
expect_status 0 cpool awk '{print $2}' ::: f f
expect_out 2 2
