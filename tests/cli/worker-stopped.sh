#! /bin/sh
# A worker that is stopped holds up only its own item.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

mkfifo go
start cpool -j2 sh -c 'case $1 in
    1) kill -STOP $PPID; echo $PPID >worker ;;
    9) : >last ;;
    esac; echo "$1"' _ ::: 1 2 3 4 5 6 7 8 9
wait_for test -e last
wait_for test -s worker
kill -CONT "$(cat worker)" 2>/dev/null # it may have been continued by now, since its task has ended
expect_end 0
expect_out 1 2 3 4 5 6 7 8 9
