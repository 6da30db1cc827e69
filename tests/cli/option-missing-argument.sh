#! /bin/sh
# An option whose argument is missing is named.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

for option in -j -a -d -n --jobs --arg-file --delimiter --max-args --chunk --grace --tmpdir; do
    expect_status 125 cpool "$option"
    expect_err_match "^cpool: $option: needs an argument"
done
