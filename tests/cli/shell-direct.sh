#! /bin/sh
# Commands of several words are run without a shell: the parent of the program is cpool's worker.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

linux_extras || skip 'parents are looked up in /proc'
need_proc
expect_status 0 cpool cat '/proc/self/cmdline' ::: /dev/null
[ "$(tr '\0' ' ' <out)" = 'cat /proc/self/cmdline /dev/null ' ] || fail "$(cat out)"
cat >show <<'END'
#! /bin/sh
parent=$(sed -n 's/^PPid:[^0-9]*//p' /proc/$$/status)
tr '\0' ' ' <"/proc/$parent/cmdline"
END
chmod +x show
expect_status 0 cpool ./show x ::: a
grep -q '^[^ ]*cpool ./show x' out || fail "$(cat out)"
