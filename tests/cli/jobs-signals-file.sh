#! /bin/sh
# USR1 and USR2 work with a file of jobs, too.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

echo 1 >number
mkfifo go
start cpool --jobs number sh -c ': >"here.$1"; read -r _ <go; echo "$1"' _ ::: 1 2
wait_for test -e here.1
kill -USR1 "$started"
wait_for test -e here.2
exec 8<>go
printf '\n\n' >&8
expect_end 0
exec 8>&-
expect_out 1 2
