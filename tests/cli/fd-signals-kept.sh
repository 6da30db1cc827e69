#! /bin/sh
# What the caller ignores stays ignored in tasks, what it does not is not; no signal is blocked there.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

[ -r /proc/self/status ] || skip 'no /proc/self/status'
for ignored in '' HUP 'INT QUIT' 'TERM' 'PIPE USR1 USR2'; do
    # shellcheck disable=SC2016,SC2086
    expect_status 0 sh -c '[ $# -eq 0 ] || trap "" "$@"
        grep -E "^Sig(Blk|Ign)" /proc/self/status >plain
        cpool grep -E "^Sig(Blk|Ign)" ::: /proc/self/status' _ $ignored
    cmp -s plain out || fail "ignored '$ignored': $(cat plain) became $(cat out)"
done
