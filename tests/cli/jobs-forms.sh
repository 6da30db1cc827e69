#! /bin/sh
# -j: N, N%, +N, -N, as -P, --jobs and --max-procs.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

for words in -j3 '-j 3' -P3 --jobs=3 '--max-procs 3' -j100% -j+1 -j-1 -j-100 -j1% -j0 -j250% -j+0; do
    # shellcheck disable=SC2086
    expect_status 0 cpool $words echo ::: a b c
    expect_out a b c
    expect_err_empty
done
expect_status 0 cpool -j3 -X echo ::: 1 2 3 4 5 6
expect_out '1 2' '3 4' '5 6'
