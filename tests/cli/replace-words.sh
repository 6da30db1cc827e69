#! /bin/sh
# {} is replaced wherever it stands in a word, and as often as it does.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

expect_status 0 cpool echo 'a{}b' '{}' '{}{}' 'x={},y={}' ::: 1 'p q'
expect_out 'a1b 1 11 x=1,y=1' 'ap qb p q p qp q x=p q,y=p q'
