#! /bin/sh
# --summary is printed, too, when --halt ends the run, or output is lost.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

expect_status 3 cpool -j1 --summary --halt now,fail=1 'exit {}' ::: 0 3 0 0
expect_err_match '^  tasks       1 succeeded, 1 failed$'
expect_err_match '^  failed      1 exit status 3$'
[ -e /dev/full ] || skip 'there is no /dev/full'
cpool -j1 --summary echo ::: a b c >/dev/full 2>err
status=$?
[ "$status" -eq 125 ] || fail "status $status"
expect_err_match '^cpool: summary$'
expect_err_match '^cpool: standard output: No space left'
