#! /bin/sh
# Output is passed on byte by byte: no newline is added, none is lost, NUL is no end.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

expect_status 0 cpool printf 'a\0b{}' ::: 1 2
printf 'a\0b1a\0b2' >wanted
expect_out_file wanted
