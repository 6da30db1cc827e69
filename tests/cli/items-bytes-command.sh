#! /bin/sh
# Any byte but NUL and the delimiter reaches a command as it is, inside a word, too.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

for code in $(seq 255); do
    # shellcheck disable=SC2059
    [ "$code" = 10 ] || printf "\\$(printf %03o "$code")"
done >in
echo >>in
expect_status 0 cpool printf '%s\n' <in
expect_out_file in
{ printf '<' && tr -d '\n' <in && printf '>\n'; } >wanted
expect_status 0 cpool printf '%s\n' '<{}>' <in
expect_out_file wanted
