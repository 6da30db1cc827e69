#! /bin/sh
# Every way to name items can be mixed: words, files, -a, and linked ones, in the order in which they stand.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

echo x >list
echo y >other
expect_status 0 cpool -a list echo :::: other ::: 1 2 :::+ a b
expect_out 'x y 1 a' 'x y 2 b'
expect_status 0 cpool -a list -a other echo
expect_out 'x y'
expect_status 0 cpool echo :::: list other
expect_out 'x y'
expect_status 0 cpool echo ::: 1 ::::+ list
expect_out '1 x'
expect_status 125 cpool touch ran ::::
expect_err_match "^cpool: '::::': no file is named behind it"
[ ! -e ran ] || fail 'a task was run'
