#! /bin/sh
# {#} is the number of the task from 1; like any replacement string it keeps the item from being appended.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

expect_status 0 cpool -j2 echo '{#}' ::: a b c
expect_out 1 2 3
expect_status 0 cpool -j2 echo '{#}:{}' ::: a b c
expect_out 1:a 2:b 3:c
