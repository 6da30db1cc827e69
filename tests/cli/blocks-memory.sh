#! /bin/sh
# However long the input, cpool and its workers stay small.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

[ -r /proc/self/status ] || skip 'no /proc'
sanitized && skip 'the sanitizers take memory of their own'
peak="sed -n 's/^VmHWM:[^0-9]*\\([0-9]*\\).*/\\1/p'"
head -c 300M /dev/zero | tr '\0' '\n' | expect_status 0 cpool -j4 --pipe sh -c "wc -c >/dev/null; $peak /proc/\$CPOOL_PID/status /proc/\$PPID/status"
[ "$(sort -n out | tail -n 1)" -lt 98304 ] || fail "it took $(sort -n out | tail -n 1) kB"
