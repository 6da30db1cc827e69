#! /bin/sh
# A pipe as standard input, as in `producer | cpool COMMAND`.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

seq 5 | expect_status 0 cpool echo item
expect_out 'item 1' 'item 2' 'item 3' 'item 4' 'item 5'
