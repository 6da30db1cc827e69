#! /bin/sh
# A file is read from where standard input stands, and whoever reads on afterwards finds it read.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

seq 5 >in
{ read -r first; expect_status 0 cpool --pipe --block 2 cat; cat >rest; } <in
[ "$first" = 1 ] || fail "$first"
expect_out 2 3 4 5
[ ! -s rest ] || fail "$(cat rest)"
{ read -r first; read -r first; expect_status 0 cpool --pipe --header : -N 1 cat; cat >rest; } <in
expect_out 3 4 3 5
[ ! -s rest ] || fail "$(cat rest)"
