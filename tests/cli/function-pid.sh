#! /bin/sh
# pid answers the worker that has the item, which is not cpool itself.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

start cpool pid x
expect_end 0
grep -Eqx '[0-9]+' out || fail "not a number: $(cat out)"
[ "$(cat out)" != "$started" ] || fail 'the parent did it itself'
