#! /bin/sh
# cpool and its worker killed in the same moment: the task itself goes, by its own parent-death signal.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

linux_extras || skip 'it takes a parent-death signal'
start cpool -j1 sh -c 'trap "" TERM; echo $PPID >worker; echo $$ >pid; exec sleep 1000' ::: x
wait_for test -s pid
kill -KILL "$started" "$(cat worker)"
expect_end_soon 137
wait_for gone "$(cat pid)"
wait_for gone "$(cat worker)"
