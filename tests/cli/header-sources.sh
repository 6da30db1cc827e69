#! /bin/sh
# The first item of each source is its name.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

expect_status 0 cpool --header : echo '{size}{colour}' ::: colour red blue ::: size S M
expect_out Sred Mred Sblue Mblue
printf 'a b\n1\n' >in
expect_status 0 cpool --header : echo '<{a b}>' <in
expect_out '<1>'
