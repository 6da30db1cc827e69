#! /bin/sh
# What went into a session of its own is found and ended as well.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

need_subreaper
need setsid
start cpool --grace 0.2 sh -c 'setsid sh -c "trap \"\" TERM; echo \$\$ >pid; while :; do sleep 1000; done" & wait' ::: x
wait_for test -s pid
kill -TERM "$started"
expect_end 143
alive "$(cat pid)" && fail 'it is still there'
exit 0
