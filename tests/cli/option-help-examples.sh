#! /bin/sh
# The examples that --help shows are accepted.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

expect_status 0 cpool -j4 fib 5 6 7
expect_out 5 8 13
echo x >a.log
echo a.log >list.txt
printf 'a.log\0' | expect_status 0 cpool -0 cat
expect_out x
expect_status 0 cpool -a list.txt -n 50 rm
[ ! -e a.log ] || fail 'rm was not run'
