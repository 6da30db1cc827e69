#! /bin/sh
# What was finished before the signal, and what the first task said so far, is written.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

mkfifo never
start cpool -j1 --grace 0.2 sh -c 'echo "$1 begins"; [ "$1" != 3 ] || { : >ready; exec sleep 1000; }; echo "$1 ends"' _ ::: 1 2 3 4
wait_for test -e ready
kill -TERM "$started"
expect_end 143
expect_out '1 begins' '1 ends' '2 begins' '2 ends' '3 begins'
