#! /bin/sh
# A list that shrinks while it is worked on does no harm: what is not there any more is not run.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

seq 200000 >list
mkfifo go
start cpool -a list -j1 -n 1000 sh -c '[ "$1" != 1 ] || { echo ready >ready; read -r _ <go; }; echo "$1"' _
wait_for test -s ready
: >list
echo >go
expect_end 0
expect_err_empty
[ "$(head -n 1 out)" = 1 ] || fail 'the first task gave no result'
