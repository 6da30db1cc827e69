#! /bin/sh
# Long options may be shortened while it is clear which one is meant.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

printf 'a,b' >in
expect_status 0 cpool --delim=, --max-a=2 echo <in
expect_out 'a b'
expect_status 125 cpool --c=1 echo <in
expect_err_match '^cpool: --c.*: .*no such option, or not the only one'
