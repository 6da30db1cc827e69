#! /bin/sh
# --tagstring has replacement strings, and does not keep the item from the command.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

expect_status 0 cpool --tagstring '{#}/{##} {1.}:' echo ::: a.c b.c
printf '1/2 a:\ta.c\n2/2 b:\tb.c\n' >wanted
expect_out_file wanted
expect_status 0 cpool --tagstring same --header : echo '{n}' ::: n 1
printf 'same\t1\n' >wanted
expect_out_file wanted
