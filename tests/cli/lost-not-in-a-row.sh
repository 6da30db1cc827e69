#! /bin/sh
# Many deaths are borne as long as there are results between them.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

expect_status 25 cpool -j1 sh -c '[ $(($1 % 2)) = 0 ] || { kill -KILL $PPID; exit 9; }; echo "$1"' _ ::: $(seq 50)
# shellcheck disable=SC2046
expect_out $(seq 2 2 50)
