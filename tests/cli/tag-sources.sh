#! /bin/sh
# The tag has an item of each source, and all items of a task.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

expect_status 0 cpool --tag echo x ::: a b ::: 1 2
printf '%s\tx %s\n' 'a 1' 'a 1' 'a 2' 'a 2' 'b 1' 'b 1' 'b 2' 'b 2' >wanted
expect_out_file wanted
expect_status 0 cpool --tag -n2 echo ::: a b c
printf 'a b\ta b\nc\tc\n' >wanted
expect_out_file wanted
expect_status 0 cpool --tag -C , echo '{2}' ::: a,b
printf 'a b\tb\n' >wanted
expect_out_file wanted
