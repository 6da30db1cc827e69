#! /bin/sh
# Children that cpool had before it started any are not its own: bash makes tee one in `cpool ... > >(tee log)`, and it must live to read
# what an ended run still writes.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

need bash
linux_extras || skip 'only with these are children looked for'
need_proc
cat >task <<'END'
trap 'echo bye; exit 0' TERM
: >ready
sleep 1000 &
wait
END
start bash -c 'exec cpool -j1 sh ./task ::: x > >(trap "" TERM; cat >log; : >read) 2>&1'
wait_for test -e ready
kill -TERM "$started"
expect_end_soon 143
wait_for test -e read
grep -qx bye log || fail "the log has: $(cat log)"

rm ready
start bash -c 'sleep 1000 & echo $! >pid; exec cpool -j1 sh ./task ::: x'
wait_for test -e ready
kill -TERM "$started"
expect_end_soon 143
alive "$(cat pid)" || fail 'a child of the caller was ended'
kill "$(cat pid)"
