#! /bin/sh
# Replacement strings work in the program, in words, in --env and in --wd at once.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

mkdir -p d/a d/b
expect_status 0 cpool --wd 'd/{1}' --env 'V={2}-{1}' 'echo "${PWD##*/}" "$V" {}' ::: a b ::: 1
expect_out 'a 1-a a 1' 'b 1-b b 1'
expect_status 0 cpool --command '{1}' '{2}' ::: echo ::: x y
expect_out x y
