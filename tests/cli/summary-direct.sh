#! /bin/sh
# --summary: output that a worker passed on itself is output, too.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

expect_status 0 cpool --summary sh -c 'head -c 20971520 /dev/zero; sleep 0' _ ::: a
[ "$(wc -c <out)" -eq 20971520 ] || fail "output: $(wc -c <out)"
expect_err_match '^  output      20\.0 MiB$'
# In a pipe, of which the reader wants to be waited for.
cpool --summary sh -c 'head -c 20971520 /dev/zero; sleep 0' _ ::: a 2>err | wc -c >count
[ "$(cat count)" -eq 20971520 ] || fail "output: $(cat count)"
expect_err_match '^  output      20\.0 MiB$'
