#! /bin/sh
# square, power and count: their answers, to the last that fits 64 bits.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

expect_status 0 cpool square 0 1 12 4294967295
expect_out 0 1 144 18446744065119617025
expect_status 0 cpool power 1 2 3 4 15
expect_out 1 4 27 256 437893890380859375
expect_status 0 cpool count 0 1 1000
expect_out 0 0 0
expect_status 0 cpool square 007
expect_out 49
