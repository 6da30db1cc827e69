#! /bin/sh
# The pipe that cpool writes to is not made non-blocking for those who share it.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

[ -r /proc/self/fdinfo/1 ] || skip 'no /proc/self/fdinfo'
mkfifo pipe
cat <pipe >/dev/null &
exec 9>pipe
cpool sh -c 'head -c 100000 /dev/zero' ::: a >&9
flags=$(sed -n 's/^flags:[^0-9]*//p' /proc/$$/fdinfo/9)
exec 9>&-
wait
[ $((flags & 04000)) -eq 0 ] || fail "flags of the caller's pipe: $flags"
