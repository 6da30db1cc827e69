#! /bin/sh
# A task is over when all of its programs are, whichever ends first.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

mkfifo go
start cpool true '|' sh -c 'echo $$ >pid; read -r _ <go; echo later' ::: a
wait_for test -s pid
alive "$started" || fail 'cpool did not wait for the second program'
echo >go
expect_end_soon 0
expect_out later
rm pid
start cpool sh -c 'exec >&-; echo $$ >pid; read -r _ <go; echo later >&2; exit 5' '|' cat ::: a
wait_for test -s pid
alive "$started" || fail 'cpool did not wait for the first program'
echo >go
expect_end_soon 1
expect_err_match '^later$'
expect_err_match 'exit status 5 of program 1'
