#! /bin/sh
# --header RE splits the first line by an expression of its own.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

printf 'name;size\nx,1\n' >in
expect_status 0 cpool --header ';' -C , echo '{size} {name}' <in
expect_out '1 x'
expect_status 125 cpool --header '(' touch ran <in
expect_err_match "^cpool: --header: '\\(' is no expression to split by"
[ ! -e ran ] || fail 'a task was run'
