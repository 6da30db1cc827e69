#! /bin/sh
# -n N without -X: where N items do not fit, fewer are taken; with -x the run ends.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

seq 1000000 >many
expect_status 0 cpool -j1 -n 1000000 printf '%s\n' <many
expect_out_file many
expect_status 125 cpool -j1 -x -n 1000000 touch ran <many
expect_err_match '^cpool: -x: '
[ ! -e ran ] || fail 'it was run'
