#! /bin/sh
# An item that is too long for a command fails alone, and the reason is given.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

{ echo before && head -c 200000 /dev/zero | tr '\0' x && printf '\nafter\n'; } >in
expect_status 1 cpool echo <in
expect_out before after
expect_err_match "^cpool: 'xxx.*too long"
expect_err_match '^cpool: 1 of 3 tasks failed$'
[ "$(wc -c <err)" -lt 1000 ] || fail 'the whole item is in the message'
