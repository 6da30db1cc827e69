#! /bin/sh
# The standard input of a task is empty, so it can not eat the items.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

printf '%s\n' a b c | expect_status 0 cpool sh -c 'cat; echo "$1"' _
expect_out a b c
