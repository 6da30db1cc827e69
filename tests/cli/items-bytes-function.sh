#! /bin/sh
# Any byte but the delimiter goes into a function and out again: NUL, too.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

for code in $(seq 0 255); do
    # shellcheck disable=SC2059
    [ "$code" = 10 ] || printf "\\$(printf %03o "$code")"
done >in
echo >>in
[ "$(wc -c <in)" -eq 256 ] || fail 'the test itself is wrong'
expect_status 0 cpool identity <in
expect_out_file in
