#! /bin/sh
# Several items in a script: words of their own where they are arguments, one text in quotes.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

first='a  b' second='$(touch PWNED)' third="'\"; touch PWNED #"
for shell in sh dash bash; do
    command -v "$shell" >/dev/null || continue
    try () { # OPTION SCRIPT
        option=$1
        shift
        expect_status 0 cpool -j1 "$option" "$shell" -c "$1; echo" _ ::: "$first" "$second" "$third"
    }
    try -n2 'printf "<%s>" {} "{}" '"'{}'"
    expect_out "<$first><$second><$first $second><$first $second>" "<$third><$third><$third>"
    try -m 'printf "<%s>" x{}y'
    expect_out "<x$first><$second><${third}y>"
    try -X 'printf "<%s>" x{}y "{}" z'
    expect_out "<x${first}y><x${second}y><x${third}y><$first><$second><$third><z>"
    try -N2 'printf "<%s>" {2} "-{1}"'
    expect_out "<$second><-$first>" "<-$third>"
    try -n3 'for x in {}; do printf "<%s>" "$x"; done'
    expect_out "<$first><$second><$third>"
    try -n3 'printf "<%s>" "$(printf "(%s)" {})"'
    expect_out "<($first)($second)($third)>"
    try -n3 'x={}; printf "<%s>" "$x"'
    expect_out "<$first $second $third>"
    try -X 'printf "<%s>" {}; set -- q; printf "<%s>" $# "$@"'
    expect_out "<$first><$second><$third><1><q>"
done
expect_status 0 cpool -n12 'f () { echo $# {}; }; f; echo {}' ::: 1 2 3 4 5 6 7 8 9 10 11 '$1'
expect_out '0 1 2 3 4 5 6 7 8 9 10 11 $1' '1 2 3 4 5 6 7 8 9 10 11 $1'
[ ! -e PWNED ] || fail 'an item was run'
