#! /bin/sh
# Of a filter each item has its line in the log, its tag, its object, and comes back where it failed.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

# Longer than the framing of a line: refused by name, the others go on.
printf 'a\0b\nc\0d\0' >in
expect_status 1 cpool -0 -j1 --filter --joblog log --failed todo --tag sed 's/^/got /' <in
printf 'a\tgot a\nd\tgot d\n' | cmp - out || fail "$(cat out)"
printf 'b\nc\0' | cmp - todo || fail "$(od -c todo)"
[ "$(sed 1d log | cut -f 7 | sort | tr '\n' ' ')" = '0 0 1 ' ] || fail "$(cat log)"
expect_status 0 cpool -j1 --filter --json sed 's/^/got /' ::: x y
[ "$(grep -c '"stdout":"got .\\n"' out)" -eq 2 ] || fail "$(cat out)"
