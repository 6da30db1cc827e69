#! /bin/sh
# The limit is for each task, not for all that a worker does, and not for the time it waits.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

expect_status 0 timeout 20 cpool -j1 --timeout 1.5 sh -c 'sleep 0.7; echo "$1"' _ ::: 1 2 3
expect_out 1 2 3
expect_status 0 timeout 20 cpool -j1 --chunk 3 --timeout 1.5 nap 0.7 0.71 0.72
expect_out 0.7 0.71 0.72
mkfifo in
for what in echo identity; do
    exec 8<>in
    start cpool -j1 --timeout 0.3 "$what" <in 8>&-
    echo 1 >&8
    wait_for grep -qx 1 out
    sleep 0.8 # longer than the limit
    echo 2 >&8
    exec 8>&-
    expect_end_soon 0
    expect_out 1 2
done
