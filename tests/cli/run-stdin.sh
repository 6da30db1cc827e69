#! /bin/sh
# Standard input is for items: a task's own is empty, where items come from elsewhere, too.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

echo data >in
expect_status 0 cpool sh -c 'cat; echo "$1"' _ ::: a b <in
expect_out a b
expect_status 0 cpool 'cat; echo {}' <in
expect_out data
