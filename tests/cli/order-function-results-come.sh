#! /bin/sh
# The answers that are ready come, even while the worker is busy with a long item of the same chunk.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

{ yes 0 | head -n 500 && echo 1000; } >in
start cpool -j1 nap <in
all_there () { [ "$(wc -l <out)" -eq 500 ]; }
wait_for all_there
kill -TERM "$started"
expect_end 143
