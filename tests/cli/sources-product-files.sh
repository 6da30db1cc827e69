#! /bin/sh
# Files, words and standard input make a product together.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

printf '1\n2\n' >numbers
printf 'x\ny\n' | expect_status 0 cpool echo ::: a b :::: numbers -
expect_out 'a 1 x' 'a 1 y' 'a 2 x' 'a 2 y' 'b 1 x' 'b 1 y' 'b 2 x' 'b 2 y'
printf 'x\ny\n' | expect_status 0 cpool -a - -a numbers echo
expect_out 'x 1' 'x 2' 'y 1' 'y 2'
