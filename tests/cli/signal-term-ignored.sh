#! /bin/sh
# A TERM that the caller ignores stays ignored, by tasks too.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

mkfifo go
start sh -c 'trap "" TERM; exec cpool sh -c "echo \$\$ >pid; read -r _ <go; echo done" ::: x'
wait_for test -s pid
kill -TERM "$started"
kill -TERM "$(cat pid)"
echo >go
expect_end 0
expect_out 'done'
