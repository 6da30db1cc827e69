#! /bin/sh
# What stands in the file is written like -j itself, with or without a newline.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

for text in 2 '2\n' '50%%\n' '+1\n' '0\n' '3 \r\n'; do
    # shellcheck disable=SC2059
    printf "$text" >number
    expect_status 0 cpool -j number echo ::: a b
    expect_out a b
    expect_err_empty
done
