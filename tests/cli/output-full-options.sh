#! /bin/sh
# --help, --version and --functions notice a full disk as well.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

[ -c /dev/full ] || skip 'no /dev/full'
for option in --help --version --functions; do
    expect_status 125 sh -c 'cpool "$1" >/dev/full' _ "$option"
    expect_err_match '^cpool: standard output: '
done
