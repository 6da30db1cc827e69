#! /bin/sh
# --summary: no items is a run, too; but where there was none, there is nothing to tell.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

: >empty
expect_status 0 cpool --summary echo <empty
expect_err_match '^  tasks       0 succeeded$'
! grep -Eq '^  (speed-up|run times|longest|worth)' err || fail "figures of nothing: $(cat err)"
expect_status 0 cpool --summary --dry-run echo ::: a b
expect_out 'echo a' 'echo b'
expect_err_match '^  tasks       2 shown$'
! grep -Eq '^  (time|processors|output)' err || fail "figures of tasks that did not run: $(cat err)"
expect_status 125 cpool --summary -a missing echo
! grep -q summary err || fail 'a summary of no run'
