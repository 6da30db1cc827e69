#! /bin/sh
# An option that takes no argument and is given one is named.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

for option in null keep-order help version functions command; do
    expect_status 125 cpool "--$option=x"
    expect_out_empty
    expect_err_match "^cpool: --$option: takes no argument"
done
