#! /bin/sh
# The spellings of getopt_long: -n3, -n 3, --max-args=3, --max-args 3, joined letters.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

seq 5 >in
for words in -n3 '-n 3' --max-args=3 '--max-args 3' -rkn3 '-rk -n 3'; do
    # shellcheck disable=SC2086
    expect_status 0 cpool $words echo <in
    expect_out '1 2 3' '4 5'
done
