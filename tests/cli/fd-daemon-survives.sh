#! /bin/sh
# A daemon that a task leaves behind on purpose survives the normal end of the run.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

need setsid
expect_status 0 cpool sh -c 'setsid sh -c "echo \$\$ >pid; exec sleep 1000" >/dev/null 2>&1 & until [ -s pid ]; do sleep 0.01; done' ::: x
alive "$(cat pid)" || fail 'the daemon is gone'
kill "$(cat pid)"
