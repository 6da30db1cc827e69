#! /bin/sh
# -t tells of a task while it runs.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

mkfifo go
start cpool -t sh -c 'read -r _ <go; echo done' _ ::: a
wait_for grep -q 'done' err
[ ! -s out ] || fail 'it is over already'
echo >go
expect_end 0
expect_out 'done'
