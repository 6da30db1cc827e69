#! /bin/sh
# --header with several rows a task: a name stands for the first row's column, {} for all.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

printf 'n\n1\n2\n3\n' >in
expect_status 0 cpool --header : -n2 echo '{n}:' {} <in
expect_out '1: 1 2' '3: 3'
