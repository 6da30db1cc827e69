#! /bin/sh
# --csv with the line ends of RFC 4180: CR LF, within quotes kept, at the end of a line not part of a field.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

printf 'a,"b\r\nc",d\r\n"e",f,"g"\r\n' >in
expect_status 0 cpool --csv printf '<%s|%s|%s>\n' '{1}' '{2}' '{3}' <in
printf '<a|b\r\nc|d>\n<e|f|g>\n' >wanted
expect_out_file wanted
