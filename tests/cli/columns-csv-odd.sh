#! /bin/sh
# What RFC 4180 does not allow loses nothing: a quote within a field, text behind one, one that is never closed.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

expect_status 0 cpool --csv printf '<%s|%s>\n' '{1}' '{2}' ::: 'a"b,c' '"a"b,c' '"a,b'
expect_out '<a"b|c>' '<ab|c>' '<a,b|>'
printf '"open,1\nlast,2\n' >in
expect_status 0 cpool --csv printf '<%s>' '{1}' <in
[ "$(cat out)" = '<open,1
last,2
>' ] || [ "$(cat out)" = '<open,1
last,2>' ] || fail "$(cat out)"
