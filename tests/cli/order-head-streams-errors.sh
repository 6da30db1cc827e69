#! /bin/sh
# So does its standard error.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

mkfifo go
start cpool sh -c 'echo begins >&2; read -r _ <go' ::: x
wait_for grep -qx begins err
echo >go
expect_end 0
