#! /bin/sh
# The example: find -print0 into cpool -0, for file names of any kind.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

need sha512sum
mkdir tree 'tree/a b'
for name in plain 'a b/c d' "quo'te\"" 'new
line' '-dash' '*'; do
    echo "$name" >"tree/$name"
done
find tree -type f -print0 >names
expect_status 0 cpool -0 sha512sum <names
xargs -0 -n1 sha512sum <names >wanted
expect_out_file wanted
