#! /bin/sh
# With --regexp what ends or starts a record is an extended regular expression.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

printf 'a1b22c333d' >in
expect_status 0 cpool --pipe -N 1 --regexp --recend '[0-9]' sh -c 'cat; echo' <in
expect_out a1 b2 2 c3 3 3 d
expect_status 0 cpool --pipe -N 1 --regexp --recend '[0-9]+' sh -c 'cat; echo' <in
expect_out a1 b22 c333 d
expect_status 0 cpool --pipe -N 1 --regexp --recstart '[b-d]' sh -c 'cat; echo' <in
expect_out a1 b22 c333 d
expect_status 0 cpool --pipe -N 1 --regexp --recend '[0-9]|x' --recstart '[cd]' sh -c 'cat; echo' <in
expect_out a1b22 c333 d
expect_status 0 cpool --pipe -N 1 --regexp --recend '(1|2)+' sh -c 'cat; echo' <in
expect_out a1 b22 c333d
