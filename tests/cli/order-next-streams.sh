#! /bin/sh
# When the first task ends, what the next one has said so far comes at once.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

mkfifo first second
start cpool -j2 sh -c 'echo "$1 begins"; read -r _ <$1; echo "$1 ends"' _ ::: first second
wait_for grep -qx 'first begins' out
echo >first
wait_for grep -qx 'second begins' out
echo >second
expect_end 0
expect_out 'first begins' 'first ends' 'second begins' 'second ends'
