#! /bin/sh
# Each letter of --help=all is the same option as the word beside it.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

cpool --help=all | sed -n 's/^ *\(-.\), *\(--[a-z-]*\).*/\1 \2/p' >pairs
[ "$(wc -l <pairs)" -ge 15 ] || fail "only $(wc -l <pairs) letters"
printf '1,a\n2,b \n3,c\n' >in
while read -r letter word; do
    case $letter in
        -h | -V) argument= ;;
        -a) argument=in ;;
        -C | -d) argument=, ;;
        -E) argument=2,b ;;
        -n | -N | -L | -j) argument=2 ;;
        -s) argument=50 ;;
        -I) argument=x ;;
        *) argument= ;;
    esac
    # shellcheck disable=SC2086
    expect_status 0 cpool -j1 $letter $argument printf %s_ <in
    mv out short && mv err short-err
    # shellcheck disable=SC2086
    expect_status 0 cpool -j1 $word $argument printf %s_ <in
    expect_out_file short
    cmp -s err short-err || fail "$letter and $word differ on standard error"
    [ -z "$argument" ] || expect_status 0 cpool -j1 "$letter$argument" printf %s_ <in
    [ -z "$argument" ] || expect_out_file short
    [ -z "$argument" ] || expect_status 0 cpool -j1 "$word=$argument" printf %s_ <in
    [ -z "$argument" ] || expect_out_file short
done <pairs
