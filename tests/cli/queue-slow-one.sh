#! /bin/sh
# A slow task holds up nobody else: one worker does all the rest.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

mkfifo go
seq 100 >in
start cpool -j2 sh -c 'if [ "$1" = 1 ]; then read -r _ <go; fi; : >"done.$1"; echo "$1"' _ <in
wait_for test -e done.100
echo >go
expect_end 0
expect_out_file in
