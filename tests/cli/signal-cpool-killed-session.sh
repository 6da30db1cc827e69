#! /bin/sh
# After kill -9 of cpool even what is in a session of its own goes.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

need_subreaper
need setsid
start cpool --grace 0.2 sh -c 'setsid sh -c "trap \"\" TERM; echo \$\$ >pid; while :; do sleep 1000; done" & wait' ::: x
wait_for test -s pid
kill -KILL "$started"
expect_end 137
gone () { ! alive "$1"; }
wait_for gone "$(cat pid)"
