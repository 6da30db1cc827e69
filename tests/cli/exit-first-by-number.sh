#! /bin/sh
# The summary names the failed item with the smallest number, not the one that failed first.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

mkfifo go
expect_status 2 cpool -j2 sh -c 'if [ "$1" = a ]; then read -r _ <go; exit 7; else echo >go; exit 9; fi' _ ::: a b
expect_err_match '^cpool: item 1 .a.: exit status 7$'
