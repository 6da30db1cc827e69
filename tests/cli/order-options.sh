#! /bin/sh
# -k and --group ask for what is done anyway.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

mkfifo go
expect_status 0 cpool -k --keep-order --group -j2 sh -c 'if [ "$1" = 1 ]; then read -r _ <go; else echo >go; fi; echo "$1"' _ ::: 1 2
expect_out 1 2
