#! /bin/sh
# A NUL byte inside a line can be no argument: that item fails alone, and -0 is offered.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

printf 'a\nb\0c\nd\n' >in
expect_status 1 cpool echo <in
expect_out a d
expect_err_match '^cpool: .b.x00c.: .*NUL.*-0'
