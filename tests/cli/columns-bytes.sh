#! /bin/sh
# Whatever else is in a column stays as it is: blanks, quotes, bad UTF-8, what a shell would read.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

printf '$(x)`y`;a b,"q"\047,\377\374\n' >in
expect_status 0 cpool -C , printf '%s\n' '{1}' '{2}' '{3}' <in
printf '$(x)`y`;a b\n"q"\047\n\377\374\n' >wanted
expect_out_file wanted
expect_status 0 cpool -C , "printf '%s\n' {1} '{2}' \"{3}\"" <in
expect_out_file wanted
