#! /bin/sh
# What a later task says is kept until its turn.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

mkfifo go
start cpool -j2 sh -c 'if [ "$1" = 1 ]; then read -r _ <go; else echo >over; fi; echo "$1"' _ ::: 1 2
wait_for test -e over
[ ! -s out ] || fail "the second was too early: $(cat out)"
echo >go
expect_end 0
expect_out 1 2
