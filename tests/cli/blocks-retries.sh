#! /bin/sh
# A try that fails after having read some of its block is followed by one that is given all of it.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

seq 400000 >in
try='mkdir "tried$CPOOL_SEQ" 2>/dev/null && { head -c 1000 >/dev/null; exit 1; }; cat'
expect_status 0 cpool -j2 --pipe --retries 2 sh -c "$try" <in
expect_out_file in
rm -r tried*
# shellcheck disable=SC2002
cat in | expect_status 0 cpool -j2 --pipe --retries 2 --header : sh -c "$try"
[ "$(grep -cx 1 out)" -ge 2 ] || fail 'the header is not in each block'
grep -vx 1 out >rest
sed 1d in | cmp -s - rest || fail 'not the input'
