#! /bin/sh
# {##} is the number of tasks, from words, files, products and batches, or as --total says.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

seq 5 >five
expect_status 0 cpool echo '{#}/{##}' {} ::: a b c
expect_out '1/3 a' '2/3 b' '3/3 c'
expect_status 0 cpool -j1 echo '{##}' {} ::: a b ::: 1 2 3
expect_out '6 a 1' '6 a 2' '6 a 3' '6 b 1' '6 b 2' '6 b 3'
expect_status 0 cpool -n2 echo '{##}:' {} :::: five
expect_out '3: 1 2' '3: 3 4' '3: 5'
expect_status 0 cpool -E 3 echo '{##}' {} :::: five
expect_out '2 1' '2 2'
expect_status 0 cpool --total 7 echo '{##}' {} <five
expect_out '7 1' '7 2' '7 3' '7 4' '7 5'
expect_status 0 cpool --link echo '{##}' {} ::: a b c ::: 1 2
expect_out '3 a 1' '3 b 2' '3 c 1'
expect_status 0 cpool 'echo "{##}" {}' ::: a b
expect_out '2 a' '2 b'
