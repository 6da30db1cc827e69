#! /bin/sh
# An expression that matches an empty text splits nowhere, or everywhere: it is refused.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

refused () {
    expect_status 125 cpool "$@" ::: 'a|b'
    expect_out_empty
    expect_err_match "^cpool: $1: .*it matches an empty text"
}
refused -C '|' echo '{2}'
expect_err_match '\[\|\] is a \| itself'
refused -C ' *' echo '{2}'
refused -C '^' echo '{2}'
refused --header 'x?' echo
expect_status 125 cpool --pipe --regexp --recend 'x*' cat
expect_err_match '^cpool: --recend, --recstart: .*it matches an empty text'
expect_status 125 cpool --pipe --regexp --recstart '(|a)' cat
expect_status 0 cpool -C '[|]' echo '{2}' ::: 'a|b'
expect_out b
expect_status 0 cpool -C '\|' echo '{2}' ::: 'a|b'
expect_out b
