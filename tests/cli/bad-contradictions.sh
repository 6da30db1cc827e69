#! /bin/sh
# Options that can't be together, or sources that are not there, are told before anything starts.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

expect_status 125 cpool --csv -C ',;' touch ran ::: a
expect_status 125 cpool touch ran :::: - - </dev/null
expect_status 125 cpool touch ran :::: ::: a
expect_status 125 cpool touch ran ::::+
[ ! -e ran ] || fail 'a task was run'
