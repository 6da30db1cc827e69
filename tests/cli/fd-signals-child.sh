#! /bin/sh
# A caller that ignores SIGCHLD: cpool still sees its tasks end, and tasks get it as the caller had it.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

need python3
cat >ignoring.py <<'END'
import os, signal, sys
signal.signal(signal.SIGCHLD, signal.SIG_IGN)
signal.signal(signal.SIGPIPE, signal.SIG_DFL)
os.execvp(sys.argv[1], sys.argv[1:])
END
expect_status 1 python3 ignoring.py cpool sh -c 'echo "$1"; [ "$1" != b ]' _ ::: a b c
expect_out a b c
[ -r /proc/self/status ] || exit 0
python3 ignoring.py grep SigIgn /proc/self/status >plain
expect_status 0 python3 ignoring.py cpool grep SigIgn ::: /proc/self/status
cmp -s plain out || fail "$(cat plain) became $(cat out)"
