#! /bin/sh
# --retry-delay: before the second try, twice as long before the third; the others go on meanwhile.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

expect_status 1 timeout 20 cpool -j1 --retries 3 --retry-delay 0.2 sh -c 'date +%s%N >>"times.$1"; [ "$1" != a ]' _ ::: a b c
[ "$(wc -l <times.a)" -eq 3 ] || fail "$(wc -l <times.a) tries"
{ read -r first && read -r second && read -r third; } <times.a
case $first in *[!0-9]*) skip 'date has no nanoseconds' ;; esac
# A quarter less is allowed.
[ $(((second - first) / 1000000)) -ge 150 ] || fail "the second try came after $(((second - first) / 1000000)) ms"
[ $(((third - second) / 1000000)) -ge 300 ] || fail "the third try came after $(((third - second) / 1000000)) ms"
[ "$(cat times.c)" -lt "$second" ] || fail 'the others had to wait'
expect_status 125 cpool --retry-delay x true ::: a
expect_err_match '^cpool: --retry-delay: '
