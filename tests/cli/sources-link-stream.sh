#! /bin/sh
# --link with an endless source goes on for ever with it.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

yes | cpool --link echo :::: - ::: a b 2>err | head -n 5 >out
expect_out 'y a' 'y b' 'y a' 'y b' 'y a'
yes | cpool --link echo ::: a b :::: - 2>err | head -n 3 >out
expect_out 'a y' 'b y' 'a y'
