#! /bin/sh
# The output of the first task that is not done passes through as it comes, before it ends.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

mkfifo go
start cpool sh -c 'echo begins; read -r _ <go; echo ends' ::: x
wait_for grep -qx begins out
echo >go
expect_end 0
expect_out begins ends
