#! /bin/sh
# --interleave: a last line without a newline gets one before the next task's line, and none at the end of all.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

expect_status 0 cpool -j2 --interleave 'printf "%s1\n%s2" {} {}' ::: a b
printf 'a1\nb1\na2\nb2' | cmp -s - out || fail "other output: $(cat out)"
