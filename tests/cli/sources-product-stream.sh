#! /bin/sh
# The first source of a product may be endless: it is read as it is needed.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

yes | cpool -j2 echo :::: - ::: a b 2>err | head -n 5 >out
expect_out 'y a' 'y b' 'y a' 'y b' 'y a'
[ ! -s err ] || fail "$(cat err)"
