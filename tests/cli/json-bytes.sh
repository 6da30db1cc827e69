#! /bin/sh
# Any output comes back from --json byte for byte.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

need jq base64
printf 'a\0b"\\\t\033\303\251\360\237\230\200\n' >text
printf 'a\0b\377\n' >bytes
printf '\303' >half
: >empty
expect_status 0 cpool --json cat ::: text bytes half empty
jq -j 'select(.item == "text").stdout' out | cmp -s - text || fail 'text'
jq -r 'select(.item == "bytes").stdout_base64' out | base64 -d | cmp -s - bytes || fail 'bytes'
jq -r 'select(.item == "half").stdout_base64' out | base64 -d | cmp -s - half || fail 'half'
[ "$(jq -c 'select(.item == "empty").stdout' out)" = '""' ] || fail 'empty'
