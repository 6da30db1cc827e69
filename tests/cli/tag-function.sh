#! /bin/sh
# Functions have tags, too, of their items; and of strings.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

expect_status 0 cpool --tag fib 10 20
printf '10\t55\n20\t6765\n' >wanted
expect_out_file wanted
seq 20000 | expect_status 0 cpool --tagstring '{#}={}' square
seq 20000 | awk '{ printf "%d=%d\t%d\n", NR, $1, $1 * $1 }' >wanted
expect_out_file wanted
