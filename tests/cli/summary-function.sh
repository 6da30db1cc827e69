#! /bin/sh
# --summary with a function: counted, but not each item, so that nothing is known of single run times, and none are told.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

seq 200000 >in
expect_status 1 cpool -j2 --summary square x <in 2>/dev/null || :
(cat in; echo x) >items
expect_status 1 cpool -j2 --summary square <items
[ "$(wc -l <out)" -eq 200000 ] || fail "$(wc -l <out) lines"
expect_err_match '^  tasks       200000 succeeded, 1 failed$'
expect_err_match '^  failed      1 refused by the function$'
expect_err_match '^  speed-up    [0-9.]* by [12] process'
expect_err_match '^  output      [0-9.]* MiB$'
! grep -Eq '^  (run times|longest|memory)' err || fail "what can't be known is told: $(cat err)"
