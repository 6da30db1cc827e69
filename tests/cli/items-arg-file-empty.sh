#! /bin/sh
# An empty list: no task, and that is no failure.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

: >list
expect_status 0 cpool -a list touch ran
expect_out_empty
expect_err_empty
[ ! -e ran ] || fail 'a task was run without an item'
