#! /bin/sh
# Nothing is open at all.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

expect_status 0 sh -c 'cpool touch ::: a <&- >&- 2>&-'
[ -e a ] || fail 'the task was not run'
