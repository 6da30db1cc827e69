#! /bin/sh
# A script for the shell gets as many items as fit, too, in any quotes, and loses none.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

seq 200000 >many
for script in 'printf "%s\n" {}' 'printf "%s\n" {}; set --; : {}' "printf '%s\n' {} && : '{}'"; do
    expect_status 0 cpool -j1 -m "$script" <many
    expect_out_file many
    expect_err_empty
done
expect_status 0 cpool -j1 -X 'printf "%s\n" a{}b' <many
sed 's/.*/a&b/' many >wanted
expect_out_file wanted
