#! /bin/sh
# JSON around {} is an argument like any other, whatever the item is.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

expect_status 0 cpool echo '{"name": "{}", "list": [{"n": {#}}]}' ::: a 'b c'
expect_out '{"name": "a", "list": [{"n": 1}]}' '{"name": "b c", "list": [{"n": 2}]}'
