#! /bin/sh
# A worker that is stopped and holds nothing helps nobody: another one is started in its place, and the stopped one leaves when it is
# continued.
. "${CPOOL_SRCDIR:?}/tests/cli/lib.sh"

need pgrep
mkfifo in
exec 8<>in
start cpool -j1 identity <in 8>&-
echo a >&8
wait_for grep -q a out
worker=$(pgrep -P "$started")
is () { [ "$(state "$1")" = "$2" ]; }
kill -STOP "$worker"
wait_for is "$worker" T
echo b >&8
wait_for grep -q b out
kill -CONT "$worker"
! linux_extras || wait_for gone "$worker" # without a futex it leaves when it next wakes
echo c >&8
wait_for grep -q c out
! linux_extras || [ "$(pgrep -P "$started" | wc -l)" -eq 1 ] || fail "more workers than jobs: $(pgrep -a -P "$started")"
exec 8>&-
expect_end 0
expect_err_empty
