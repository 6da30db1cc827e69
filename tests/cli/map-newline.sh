#! /bin/sh
# An item with newlines and tabs is one argument.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

item='line one
	line two
'
expect_status 0 cpool printf '<%s>' ::: "$item" x
printf '<%s><x>' "$item" >wanted
expect_out_file wanted
