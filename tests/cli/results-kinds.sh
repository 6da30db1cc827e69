#! /bin/sh
# Functions, filters, blocks and columns with names have folders, too.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

expect_status 0 cpool --results f fib 10 20
[ "$(cat f/1/20/stdout)" = 6765 ] || fail 'a function'
seq 300 | expect_status 0 cpool -j2 --results g --filter cat
[ "$(cat g/1/*/stdout | sort -n | tail -n 1)" = 300 ] || fail 'a filter'
seq 4 >lines
expect_status 0 cpool --results b --pipe --block 4 cat <lines
[ "$(tr '\n' ' ' <b/1/2/stdout)" = '3 4 ' ] || fail 'a block'
expect_status 0 cpool --results h --header : echo '{size}' ::: size 7 ::: x 8
[ "$(cat h/size/7/x/8/stdout)" = 7 ] || fail 'a header'
