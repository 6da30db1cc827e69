#! /bin/sh
# A full disk is noticed, with message and status 125, and the filters are ended.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

[ -c /dev/full ] || skip 'no /dev/full'
for filter in 'cat' 'sed -u s/a/b/'; do
    yes | expect_status 125 timeout 20 sh -c "cpool -j2 --filter $filter >/dev/full"
    expect_err_match '^cpool: standard output: No space left on device'
done
