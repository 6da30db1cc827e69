#! /bin/sh
# A HUP that the caller ignores (nohup) stays ignored.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

mkfifo go
start sh -c 'trap "" HUP; exec cpool sh -c ": >ready; read -r _ <go; echo done" ::: x'
wait_for test -e ready
kill -HUP "$started"
echo >go
expect_end 0
expect_out 'done'
