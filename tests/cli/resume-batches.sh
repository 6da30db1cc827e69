#! /bin/sh
# A task of several items is known by all of them: -n, -X, several sources, columns.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"
expect_status 0 cpool --joblog log -n 2 echo ::: a b c d
expect_status 0 cpool --joblog log --resume -n 2 echo ::: c d a b e
expect_out e
expect_status 0 cpool --joblog log -X echo ::: a b c d
expect_status 0 cpool --joblog log --resume -X echo ::: a b c d
expect_out_empty
expect_status 0 cpool --joblog log echo '{2}{1}' ::: a b ::: 1 2
expect_status 0 cpool --joblog log --resume echo '{2}{1}' ::: b x ::: 2 3
expect_out 3b 2x 3x
expect_status 0 cpool --joblog log -C, echo '{1}-{2}' ::: a,1 b,2
expect_status 0 cpool --joblog log --resume -C, echo '{1}-{2}' ::: b,2 b,1
expect_out b-1
