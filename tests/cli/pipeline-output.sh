#! /bin/sh
# Programs joined by | are one task: output in the order of the items, the item in the first program or where {} stands.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

expect_status 0 cpool -j4 echo '|' tr a-z A-Z '|' cat ::: a b c d e f
expect_out A B C D E F
expect_status 0 cpool echo '{#} {}' '|' sed 's,^,{.}: ,' '|' sed 's,$, {/},' ::: x/1.c x/2.c
expect_out 'x/1: 1 x/1.c 1.c' 'x/2: 2 x/2.c 2.c'
seq 30 >wanted
expect_status 0 cpool -j3 echo '|' cat <wanted
expect_out_file wanted
