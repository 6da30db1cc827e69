#! /bin/sh
# A command that is not there: 127, nothing is started, nothing is read.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

printf '%s\n' a b >in
{ expect_status 127 cpool no-such-command-anywhere && cat >rest; } <in
cmp -s in rest || fail 'items were read'
expect_out_empty
expect_err_match '^cpool: no-such-command-anywhere: not found: .*cpool --functions'
expect_status 127 cpool ./nowhere/tool ::: a
