#! /bin/sh
# Several sources give every combination, the last varying fastest.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

expect_status 0 cpool echo ::: a b ::: 1 2 3
expect_out 'a 1' 'a 2' 'a 3' 'b 1' 'b 2' 'b 3'
expect_status 0 cpool echo '{3}{2}{1}' ::: a b ::: c ::: d e
expect_out dca eca dcb ecb
expect_status 0 cpool echo '{-1}/{-2}' ::: a b ::: 1 2
expect_out 1/a 2/a 1/b 2/b
