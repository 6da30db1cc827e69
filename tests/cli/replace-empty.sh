#! /bin/sh
# An empty item is an empty argument, and sticks to what stands around it.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

expect_status 0 cpool printf '<%s><%s>\n' 'a{}b' '{}' ::: ''
expect_out '<ab><>'
