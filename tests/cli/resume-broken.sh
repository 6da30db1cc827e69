#! /bin/sh
# A log with a line that is none is refused, and the line is named: nobody can say what it was.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"
expect_status 0 cpool --joblog log echo ::: a b
sed '2s/.*/rubbish/' log >broken
expect_status 125 cpool --joblog broken --resume touch ran ::: a
expect_err_match '^cpool: --joblog: broken: line 2 is none of a log in GNU parallel.s columns; take it out'
[ ! -e ran ] || fail 'a task was run'
