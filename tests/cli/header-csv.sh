#! /bin/sh
# The header of a table of RFC 4180 may be quoted, end in CR LF, and hold newlines.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

printf '"first name","la\nst"\r\nAda,"Love, lace"\r\n' >in
expect_status 0 cpool --header : --csv printf '<%s|%s>\n' '{first name}' '{la
st}' <in
expect_out '<Ada|Love, lace>'
