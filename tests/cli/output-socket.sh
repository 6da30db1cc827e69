#! /bin/sh
# Standard output may be a socket.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

need python3
cat >harness.py <<'END'
import socket, subprocess
ours, theirs = socket.socketpair()
child = subprocess.Popen(["cpool", "head", "-c", "1000000", "{}", ":::", "/dev/zero"], stdout=theirs, stderr=subprocess.DEVNULL)
theirs.close()
got = 0
while True:
    data = ours.recv(65536)
    if not data:
        break
    got += len(data)
child.wait()
print(got)
END
expect_status 0 python3 harness.py
expect_out 1000000
