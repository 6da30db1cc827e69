#! /bin/sh
# --summary with --filter counts items, and with --pipe blocks.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

seq 1000 >in
expect_status 0 cpool -j2 --summary --filter cat <in
expect_out_file in
expect_err_match '^  tasks       1000 succeeded$'
! grep -Eq '^  (run times|longest)' err || fail "what can't be known is told: $(cat err)"
expect_status 0 cpool -j2 --summary --pipe -N 250 cat <in
expect_out_file in
expect_err_match '^  tasks       4 succeeded$'
expect_err_match '^  longest     .*: block [1-4]$'
expect_err_match '^  output      3[.]8 KiB$'
