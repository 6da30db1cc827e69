#! /bin/sh
# A folder is no list of items; the hint lists its files.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

mkdir d
echo x >d/f
for words in '-a d' '--pipe -a d' '--filter -a d'; do
    # shellcheck disable=SC2086
    expect_status 125 cpool $words cat
    expect_err_match '^cpool: d: is a folder; .*: find d -type f -print0 \| cpool -0'
done
expect_status 125 cpool cat :::: d
expect_err_match 'find d -type f'
expect_status 125 cpool cat <d
expect_err_match '^cpool: standard input: is a folder; .*: find FOLDER -type f'
find d -type f -print0 | expect_status 0 cpool -0 cat
expect_out x
