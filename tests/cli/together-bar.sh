#! /bin/sh
# What is shown of a run goes to standard error only: standard output has the objects, each whole.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

expect_status 0 cpool -j2 --bar --eta --progress --json --summary --joblog log -n 2 echo ::: 1 2 3 4 5
[ "$(grep -c '^{"seq":.*}$' out)" -eq 3 ] || fail "$(cat out)"
[ "$(wc -l <out)" -eq 3 ] || fail "$(cat out)"
expect_err_match '^cpool: 100% .*3/3'
expect_err_match '^  tasks +3 succeeded$'
[ "$(wc -l <log)" -eq 4 ] || fail "$(cat log)"
