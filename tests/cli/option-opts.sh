#! /bin/sh
# CPOOL_OPTS is read before the command line, which has the last word; --no-opts leaves it unread.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

export CPOOL_OPTS
CPOOL_OPTS='-n2'
expect_status 0 cpool echo ::: 1 2 3
expect_out '1 2' 3
expect_status 0 cpool -n3 echo ::: 1 2 3
expect_out '1 2 3'
expect_status 0 cpool --no-opts echo ::: 1 2
expect_out 1 2
expect_status 0 cpool -j2 --no-opts echo ::: 1 2
expect_out 1 2
# Behind the options --no-opts is the command's.
expect_status 0 cpool echo --no-opts ::: 1 2
expect_out '--no-opts 1 2'
CPOOL_OPTS='  '
expect_status 0 cpool echo ::: 1 2
expect_out 1 2
