#! /bin/sh
# --wd DIR: the tasks run there; relative files are looked for there, programs on PATH as ever.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

mkdir -p d/e
echo here >d/file
expect_status 0 cpool --wd d cat ::: file
expect_out here
expect_status 0 cpool --wd d/e sh -c 'echo "${PWD##*/}" $1' _ ::: a b
expect_out 'e a' 'e b'
expect_status 0 cpool --wd "$PWD/d" 'cat {}' ::: file
expect_out here
expect_status 0 cpool --wd / pwd ::: -P
expect_out /
# The list of items is from here.
echo file >list
expect_status 0 cpool -a list --wd d cat
expect_out here
