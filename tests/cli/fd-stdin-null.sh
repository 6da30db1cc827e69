#! /bin/sh
# The standard input of a task is /dev/null: it reads nothing, and may also be written to.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

[ -d /proc/self/fd ] || skip 'no /proc/self/fd'
echo x | expect_status 0 cpool sh -c 'readlink /proc/self/fd/0'
expect_out /dev/null
expect_status 0 cpool readlink /proc/self/fd/0 ::: -v
expect_out /dev/null
