#! /bin/sh
# What a background child says soon after its parent has ended is still heard.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

mkfifo go
expect_status 0 cpool sh -c '(read -r _ <go; echo late) & { sleep 0.01; echo >go; } & echo early' ::: x
expect_out early late
