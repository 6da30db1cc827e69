#! /bin/sh
# Blanks are taken off before the parts of an item are.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

expect_status 0 cpool --trim lr echo '{.}|{/}|{//}|{/.}' ::: ' d/a.c '
expect_out 'd/a|a.c|d|a'
expect_status 0 cpool --trim lr 'echo "<{}>" {/}' ::: ' d/a.c '
expect_out '<d/a.c> a.c'
