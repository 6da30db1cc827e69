#! /bin/sh
# While the first task takes its time, hundreds of others go through, and wait in order.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

mkfifo go
seq 300 >in
start cpool -j2 sh -c '[ "$1" != 1 ] || read -r _ <go; [ "$1" != 300 ] || : >last; echo "$1"' _ <in
wait_for test -e last
echo >go
expect_end 0
expect_out_file in
