#! /bin/sh
# --link sets all sources side by side; the shorter ones begin anew.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

expect_status 0 cpool --link echo ::: 1 2 3 4 5 ::: a b ::: x
expect_out '1 a x' '2 b x' '3 a x' '4 b x' '5 a x'
expect_status 0 cpool --link echo ::: a b ::: 1 2 3
expect_out 'a 1' 'b 2' 'a 3'
seq 4 | expect_status 0 cpool --link echo :::: - ::: a b c
expect_out '1 a' '2 b' '3 c' '4 a'
