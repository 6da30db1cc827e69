#! /bin/sh
# Standard output and standard error of tasks stay apart, each in the order of the items.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

expect_status 0 cpool -j2 sh -c 'echo "out $1"; echo "err $1" >&2' _ ::: 1 2 3
expect_out 'out 1' 'out 2' 'out 3'
printf 'err %s\n' 1 2 3 | cmp -s - err || fail "standard error: $(cat err)"
