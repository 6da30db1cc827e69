#! /bin/sh
# --memfree: with enough memory all runs at once; with too little nothing does, which is said once, and a signal ends it
# at once.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

linux_extras || skip 'memory is asked of /proc'
need_proc
expect_status 0 cpool -j2 --memfree 1 echo ::: a b c d
expect_out a b c d
expect_err_empty
expect_status 0 cpool -j2 --memfree 1K square ::: 1 2 3
expect_out 1 4 9
start cpool -j2 --memfree 1000T touch ::: a b
wait_for test -s err
sleep 1.2
kill -TERM "$started"
expect_end_soon 143
[ ! -e a ] || fail 'a task was run'
expect_err_match '^cpool: warning: --memfree: waiting: [0-9]* MiB are free of 1048576000 MiB that must be$'
[ "$(grep -c waiting err)" -eq 1 ] || fail "said $(grep -c waiting err) times"
