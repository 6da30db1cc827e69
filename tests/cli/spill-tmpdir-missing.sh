#! /bin/sh
# A --tmpdir that is not there matters only once it is needed; then the others wait for the first task.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

mkfifo go
start cpool -j2 --tmpdir nowhere sh -c '[ "$1" != 1 ] || read -r _ <go; [ "$1" != 9 ] || : >last
    yes "$1" | head -c 12000000; : >"done.$1"' _ ::: 1 2 3 4 5 6 7 8 9
wait_for test -e done.5
echo >go
expect_end 0
for item in 1 2 3 4 5 6 7 8 9; do
    yes "$item" | head -c 12000000
done | cmp -s - out || fail 'other output came out'
