#! /bin/sh
# Long options may be shortened while it is clear which one is meant; where it is not, two of them are named.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

printf 'a,b' >in
expect_status 0 cpool --delim=, --max-a=2 echo <in
expect_out 'a b'
expect_status 0 cpool --dry touch ran ::: a
expect_out 'touch ran a'
[ ! -e ran ] || fail 'it was run'
expect_status 125 cpool --c=1 echo <in
expect_err_match '^cpool: --c=1: more than one option begins so: --c.*, --c'
expect_status 125 cpool --max=1 echo <in
expect_err_match '^cpool: --max=1: more than one option begins so: --max-.*, --max-'
