#! /bin/sh
# :::+ and ::::+ go along with the source before; the shorter one ends both.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

seq 3 >three
expect_status 0 cpool echo ::: a b c d ::::+ three
expect_out 'a 1' 'b 2' 'c 3'
expect_status 0 cpool echo ::: a b :::+ 1 2 3 ::: x y
expect_out 'a 1 x' 'a 1 y' 'b 2 x' 'b 2 y'
expect_status 0 cpool echo ::: x y ::: a b :::+ 1 2
expect_out 'x a 1' 'x b 2' 'y a 1' 'y b 2'
expect_status 0 cpool echo ::: a b :::+ 1 2 :::+ p q
expect_out 'a 1 p' 'b 2 q'
# With none before it, it is the first.
expect_status 0 cpool echo :::+ a b
expect_out a b
