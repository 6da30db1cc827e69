#! /bin/sh
# Replacement strings of a batch work on each item.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

expect_status 0 cpool -n 2 printf '<%s>' '{/.}' ::: a/b.c d/e.f g
printf '<b><e><g>' >wanted
expect_out_file wanted
