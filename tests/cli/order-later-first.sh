#! /bin/sh
# Tasks that end in the opposite order still come out in the order of their items.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

mkfifo a b
expect_status 0 cpool -j3 sh -c 'case $1 in
    1) read -r _ <a ;;
    2) read -r _ <b; echo >a ;;
    3) echo >b ;;
    esac; echo "$1"' _ ::: 1 2 3
expect_out 1 2 3
