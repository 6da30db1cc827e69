#! /bin/sh
# A script's own operands, set --, shift, getopts, functions, "$@" and $# mean what they mean without an item.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

for shell in sh dash bash; do
    command -v "$shell" >/dev/null || continue
    expect_status 0 cpool "$shell" -c 'printf "<%s>" "$0" $# "$@" {} "$1"; echo' zero one 'two {}' ::: 'a b'
    expect_out '<zero><2><one><two a b><a b><one>'
    expect_status 0 cpool "$shell" -c 'echo "$*" "${1}" ${10} {} {/} "{.}"' _ 1 2 3 4 5 6 7 8 9 ten ::: d/i.x
    expect_out '1 2 3 4 5 6 7 8 9 ten 1 ten d/i.x i.x d/i'
    expect_status 0 cpool "$shell" -c 'shift; echo $# "$1" {}; shift; echo $# "$@" {}' _ p q ::: a
    expect_out '1 q a' '0 a'
    expect_status 0 cpool "$shell" -c 'for x; do echo "$x {}"; done' _ 1 2 ::: a
    expect_out '1 a' '2 a'
    expect_status 0 cpool "$shell" -c 'while getopts ab: x; do echo "$x" "${OPTARG-}" {}; done' _ -a -bc ::: i
    expect_out 'a  i' 'b c i'
    expect_status 0 cpool "$shell" -c 'set -- p {} q; echo $#; f () { echo "$# $1" {}; shift; }; f z; shift; echo $# "$@" {}' ::: 'a  b'
    expect_out 3 '1 z a  b' '2 a  b q a  b'
    expect_status 0 cpool "$shell" -c 'eval "echo \$# \"\$1\""; echo {} "$*"' _ mine ::: a
    expect_out '1 mine' 'a mine'
done
expect_status 0 cpool 'echo $# "$@" {}' ::: a
expect_out '0 a'
expect_status 0 cpool 'f () { echo $#; }; set -- 1 2; f {} "$@"' ::: 'a b'
expect_out 3
printf 'echo $# "$1" sourced\n' >file
expect_status 0 cpool '. ./file; echo {}' ::: a
expect_out '0  sourced' a
