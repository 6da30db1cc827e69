#! /bin/sh
# A table that can not be written ends the run with 125.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

[ -c /dev/full ] || skip 'no /dev/full'
ln -s /dev/full full.csv
ln -s /dev/full full.json
expect_status 125 cpool --results full.csv touch ran ::: a
expect_err_match '^cpool: --results: full.csv: '
[ ! -e ran ] || fail 'a task was run'
expect_status 125 cpool --results full.json echo ::: a
expect_err_match '^cpool: full.json: .*output is lost'
