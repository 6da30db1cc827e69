#! /bin/sh
# Standard input that is closed is no empty list: it is said wherever items were to come from it, and nowhere else.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

for words in 'echo' 'square' '--filter cat' '--pipe cat' '--pipe --filter cat' '-a - echo' 'echo :::: -' \
    'echo :::: /dev/stdin' '-a /dev/fd/0 -n 2 echo' '-X echo' '--csv --header : echo' 'echo ::: a :::: -' \
    '--dry-run echo' '-C, echo {2}'; do
    eval "expect_status 125 cpool $words <&-"
    expect_err_match '^cpool: standard input: is closed, '
    expect_out_empty
done
# shellcheck disable=SC2094
expect_status 125 cpool echo 0>in
expect_err_match '^cpool: standard input: is closed, '
expect_out_empty
echo b >in
for words in '-a in echo' 'echo ::: b' 'echo :::: in' '--pipe -a in cat' '--filter -a in cat' 'sh -c "cat; echo b" ::: 1'; do
    eval "expect_status 0 cpool $words <&-"
    expect_out b
    expect_err_empty
done
expect_status 0 cpool -a /dev/null echo <&-
expect_status 0 cpool echo </dev/null
expect_out_empty
