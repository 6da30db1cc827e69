#! /bin/sh
# There must be a program on either side of |.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

refused () { expect_status 125 cpool "$@" ::: a; expect_err_match "^cpool: '[|]': joins two programs"; }
refused '|' cat
refused touch made '|'
refused touch made '|' '|' cat
refused '|'
[ ! -e made ] || fail 'it was started'
expect_status 125 cpool fib '|' cat ::: 3
expect_err_match 'fib is a function'
