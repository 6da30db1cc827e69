#! /bin/sh
# -0: items end in NUL and may hold newlines.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

printf 'a\nb\0 c \0\0' >in
expect_status 0 cpool -0 printf '<%s>' <in
printf '<a\nb>< c ><>' >wanted
expect_out_file wanted
