#! /bin/sh
# An item that can't be handed to the filter is refused by name, and holds up nobody: not one that answers only at the end of its
# input, either.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

printf 'a\0b\nc\0d\0e\nf\0' >in
for jobs in 1 2; do
    expect_status 2 timeout 20 cpool -0 -j"$jobs" --filter sed 's/^/got /' <in
    expect_out 'got a' 'got d'
    [ "$(grep -c 'holds a newline' err)" -eq 2 ] || fail "$(cat err)"
done
# Nothing but such.
printf 'e\nf\0g\nh\0' >in
expect_status 2 timeout 20 cpool -0 -j1 --filter sed 's/^/got /' <in
expect_out_empty
