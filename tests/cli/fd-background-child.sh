#! /bin/sh
# A background child that holds the standard output does not hang the run.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

expect_status 0 cpool sh -c 'sleep 1000 & echo $! >"pid.$1"; echo "$1"' _ ::: 1 2
expect_out 1 2
for item in 1 2; do
    kill "$(cat "pid.$item")" || fail 'what was left in the background on purpose is gone'
done
