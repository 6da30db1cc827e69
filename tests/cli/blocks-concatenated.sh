#! /bin/sh
# Blocks put together are the input, whatever their size and however it comes, and none is empty.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

printf 'one\n\n\n;two;;\nthree >four;\na much longer record than any block\n\n>x\000y\n\000>no end' >in
: >empty
printf '\n\n\n\n' >newlines
printf 'no record end at all' >none
mkfifo fifo
pieces () { (dd bs=1 count=7 2>/dev/null; dd bs=3 count=5 2>/dev/null; cat) <"$1"; }
whole () { expect_out_file "$1"; [ ! -s lengths ] || ! grep -qx 0 lengths || fail "an empty block: $*"; rm -f lengths; }
sizes='1 5 12'
! thorough || sizes='1 2 3 5 7 12 19 40'
for size in $sizes; do
    for records in '' '--recend ;' '--recend ;;\n --recstart th' '--recstart >' '--recend \0' '--regexp --recend [;>]' '--recend NO'; do
        # shellcheck disable=SC2086
        set -- cpool -j2 --pipe --block "$size" $records sh -c 'tee part.$$ && wc -c <part.$$ >>lengths; rm part.$$'
        expect_status 0 "$@" <in
        whole in
    done
    for input in in empty newlines none; do
        expect_status 0 "$@" <"$input"
        whole "$input"
        pieces "$input" | expect_status 0 "$@"
        whole "$input"
        pieces "$input" >fifo &
        expect_status 0 cpool -a fifo --pipe --block "$size" cat
        whole "$input"
    done
done
