#! /bin/sh
# With several items a word with {} becomes several words; what stands around sticks to the first and the
# last.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

seq 3 | expect_status 0 cpool -n 3 printf '<%s>' a '{}' b
printf '<a><1><2><3><b>' >wanted
expect_out_file wanted
seq 3 | expect_status 0 cpool -n 3 printf '<%s>' 'x{}y'
printf '<x1><2><3y>' >wanted
expect_out_file wanted
