#! /bin/sh
# Waiting for items from a terminal is said, once, on standard error.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

need python3
need_terminal
cat >harness.py <<'END'
import os, pty, subprocess
ours, theirs = pty.openpty()
child = subprocess.Popen(["cpool", "square"], stdin=theirs, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
os.close(theirs)
os.write(ours, b"3\n\x04")
out, err = child.communicate(timeout=20)
print(out.decode(), err.decode().count("terminal"), child.returncode)
END
expect_status 0 python3 harness.py
expect_out 9 ' 1 0'
