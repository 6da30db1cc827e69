#! /bin/sh
# With -u tasks have the very files that cpool has for its output and its errors; without, they do not.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

[ -e /proc/self/fd/1 ] || skip 'no /proc'
expect_status 0 cpool -u sh -c 'readlink "/proc/$$/fd/1" "/proc/$$/fd/2"' ::: 1
expect_out "$(pwd -P)/out" "$(pwd -P)/err"
expect_status 0 cpool sh -c 'readlink "/proc/$$/fd/1" "/proc/$$/fd/2"' ::: 1
grep -q '^pipe:' out || fail "without -u: $(cat out)"
