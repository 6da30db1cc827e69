#! /bin/sh
# What RFC 4180 does not allow loses nothing: a quote within a field, text behind one.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

expect_status 0 cpool --csv printf '<%s|%s>\n' '{1}' '{2}' ::: 'a"b,c' '"a"b,c'
expect_out '<a"b|c>' '<ab|c>'
