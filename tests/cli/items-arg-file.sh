#! /bin/sh
# -a FILE: the lines of the file are the items, and standard input stays as it is.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

printf '%s\n' x y z >list
printf 'untouched\n' >in
{ expect_status 0 cpool -a list echo && cat >rest; } <in
expect_out x y z
cmp -s in rest || fail 'with -a something was read from standard input'
