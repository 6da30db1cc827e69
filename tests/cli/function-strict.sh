#! /bin/sh
# Numbers are parsed strictly: what is not one fails by name, and the others go on.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

expect_status 12 cpool fib 1 x -1 1e3 ' 5' '5 ' '' +5 0x10 1.0 99999999999999999999 18446744073709551616 '٣' 10
expect_out 1 55
for item in x -1 1e3 ' 5' '5 ' '' '[+]5' 0x10 '1[.]0' 99999999999999999999 18446744073709551616; do
    expect_err_match "^cpool: fib: '$item': "
done
expect_err_match '^cpool: 12 of 14 tasks failed$'
