#! /bin/sh
# --line-buffer: the last line of a task comes when it ends, as it is: without a newline that was not there, as in GNU parallel.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

expect_status 0 cpool -j1 --line-buffer 'echo {}; printf "end of {} "' ::: 1 2
printf '1\nend of 1 2\nend of 2 ' | cmp -s - out || fail "other output: $(cat out)"
