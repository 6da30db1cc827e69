#! /bin/sh
# Empty columns are there; a column that is not there is nothing; anchors are those of the item.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

expect_status 0 cpool -C , echo '<{1}|{2}|{3}|{4}>' ::: ',a,' '' ',,'
expect_out '<|a||>' '<|||>' '<|||>'
expect_status 0 cpool -C , echo '{5}' end ::: a,b
expect_out end
expect_status 0 cpool -C '^a|c$' echo '<{1}|{2}|{3}>' ::: abac
expect_out '<|ba|>'
