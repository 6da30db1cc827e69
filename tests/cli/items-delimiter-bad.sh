#! /bin/sh
# -d with anything but one byte is refused.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

for bad in '' ab '\q' '\x' '\xfff' '\xg'; do
    expect_status 125 cpool -d "$bad" echo
    expect_err_match "^cpool: -d: "
done
