#! /bin/sh
# Each part of an item is there for columns by their number, too.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

expect_status 0 cpool echo '{1.} {2/} {2//} {-1/.} {-2}' ::: a.c ::: d/e.f
expect_out 'a e.f d e a.c'
expect_status 0 cpool -C : echo '{2/.}' ::: 'x:d/e.f'
expect_out e
