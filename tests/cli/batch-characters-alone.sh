#! /bin/sh
# -s and one item that alone is too long: it fails, is named, and the others go on.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

for way in -X -m -n1 -n2; do
    expect_status 1 cpool -j1 "$way" -s8 echo ::: a bbbbbb c
    expect_out a c
    expect_err_match "^cpool: 'bbbbbb'.*-s allows"
    expect_err_match "^cpool: 1 of 3 tasks failed\$"
done
