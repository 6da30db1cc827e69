#! /bin/sh
# Options that make no sense with a filter are refused before anything is started.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

refused () {
    echo a | expect_status 125 cpool "$@" sh -c ': >started; cat'
    expect_err_match '^cpool: -'
    expect_out_empty
    [ ! -e started ] || fail "$*: the filter was started"
}
refused --filter --dry-run
refused --filter -X
refused --filter -m
refused --filter -s 100
refused --filter=x
refused --filter=
refused --pipe --filter --dry-run
refused --pipe --filter -X
refused --pipe --filter --retries 2
echo 3 | expect_status 125 cpool --filter square
expect_err_match '^cpool: .*square is a function'
