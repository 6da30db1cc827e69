#! /bin/sh
# -d C: items end in that character; newlines are part of them.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

printf 'a,b\nc,,d' >in
expect_status 0 cpool -d , printf '<%s>' <in
printf '<a><b\nc><><d>' >wanted
expect_out_file wanted
