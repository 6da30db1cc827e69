#! /bin/sh
# With text around {} in its word it is the whole word that must not exceed what exec takes.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

linux_extras || skip 'the limits of exec are other ones'
[ "$(getconf PAGESIZE)" -eq 4096 ] || skip 'another page size'
head -c 131069 /dev/zero | tr '\0' x >in
expect_status 0 cpool printf '%s' 'a{}b' <in
[ "$(wc -c <out)" -eq 131071 ] || fail "$(wc -c <out) bytes"
expect_status 1 cpool printf '%s' 'ab{}b' <in
expect_err_match 'too long'
# Ten thousand items in one word of -m are more than one argument: no word gets too long, no item is lost.
seq 100000 >many
expect_status 0 cpool -j1 -m echo 'x={},' <many
tr ' ' '\n' <out | sed 's/^x=//; s/,$//' | cmp -s - many || fail 'items were lost'
