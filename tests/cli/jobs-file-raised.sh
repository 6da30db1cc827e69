#! /bin/sh
# A raised number counts at once, though all workers are busy.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

echo 1 >number
mkfifo go
start cpool --jobs number sh -c ': >"here.$1"; read -r _ <go; echo "$1"' _ ::: 1 2 3
wait_for test -e here.1
[ ! -e here.2 ] || fail 'two at a time'
echo 3 >number
wait_for test -e here.3
exec 8<>go
printf '\n\n\n' >&8
expect_end 0
exec 8>&-
expect_out 1 2 3
