#! /bin/sh
# Empty columns are there; a column that is not there is nothing; anchors and what matches nothing do no harm.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

expect_status 0 cpool -C , echo '<{1}|{2}|{3}|{4}>' ::: ',a,' '' ',,'
expect_out '<|a||>' '<|||>' '<|||>'
expect_status 0 cpool -C '^' echo '<{1}|{2}>' ::: abc
expect_out '<abc|>'
expect_status 0 cpool -C 'x*' echo '<{1}|{2}>' ::: axxb ab
expect_out '<a|b>' '<ab|>'
expect_status 0 cpool -C '$' echo '<{1}>' ::: abc
expect_out '<abc>'
expect_status 0 cpool -C , echo '{5}' end ::: a,b
expect_out end
