#! /bin/sh
# A signal that the caller blocks is blocked in tasks, too, and cpool still ends by it.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

need python3
[ -r /proc/self/status ] || skip 'no /proc/self/status'
cat >blocking.py <<'END'
import os, signal, sys
signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGTERM, signal.SIGUSR1, signal.SIGCHLD])
os.execvp(sys.argv[1], sys.argv[1:])
END
python3 blocking.py grep SigBlk /proc/self/status >plain
expect_status 0 python3 blocking.py cpool grep SigBlk ::: /proc/self/status
cmp -s plain out || fail "$(cat plain) became $(cat out)"
start python3 blocking.py cpool --grace 0.2 sh -c ': >ready; exec sleep 1000' ::: x
wait_for test -e ready
kill -TERM "$started"
expect_end 143
