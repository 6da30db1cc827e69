#! /bin/sh
# Output that is larger than what is kept in memory is in the object all the same.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

need jq base64
yes 'some "text" with \303\251' | head -c 5000000 >text
head -c 5000000 /dev/urandom >bytes
expect_status 0 cpool --json 'cat {} >&2; cat {}' ::: text bytes
jq -j 'select(.item == "text").stdout' out | cmp -s - text || fail 'stdout of text'
jq -j 'select(.item == "text").stderr' out | cmp -s - text || fail 'stderr of text'
jq -r 'select(.item == "bytes").stdout_base64' out | base64 -d | cmp -s - bytes || fail 'stdout of bytes'
