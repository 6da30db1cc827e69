#! /bin/sh
# An unknown option: status 125, its name, and the nearest one where there is one.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

expect_status 125 cpool --jbos 3 touch ran ::: a
expect_out_empty
expect_err_match '^cpool: --jbos: .*--jobs'
expect_status 125 cpool --delimeter , echo
expect_err_match '^cpool: --delimeter: .*--delimiter'
expect_status 125 cpool --tmp-dir=x echo
expect_err_match '^cpool: --tmp-dir.*: .*--tmpdir'
expect_status 125 cpool --xyzzy echo
expect_err_match '^cpool: --xyzzy: '
expect_status 125 cpool -Z echo
expect_err_match '^cpool: -Z: '
[ ! -e ran ] || fail 'a task was run'
