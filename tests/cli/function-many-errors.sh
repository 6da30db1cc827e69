#! /bin/sh
# Ten thousand items, every third an error: each one is told, and the rest is right.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

seq 10000 | awk '{ print $1 % 3 == 0 ? "x" $1 : $1 }' >in
expect_status 101 cpool -j2 square <in
awk '!/x/ { printf "%d\n", $1 * $1 }' in >wanted
expect_out_file wanted
[ "$(grep -c '^cpool: square: ' err)" -eq 3333 ] || fail 'not each error was told'
